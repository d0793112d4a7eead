package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.TestExec;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** A directory with images in it, and one beside that a source must not reach. */
public abstract class SourceTestBase {

    static final int MIB = 1 << 20;
    static final long SIZE = 16L * MIB;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    final TestExec exec = new TestExec();

    Path images;
    Path secret;
    Path work;
    Path raw;

    @Before
    public final void makeDirectories() throws IOException {
        images = folder.newFolder("images, and commas").toPath().toRealPath();
        secret = folder.newFolder("elsewhere").toPath().toRealPath().resolve("secret.raw");
        work = folder.newFolder("work").toPath();
        raw = image("disk.raw");
        fill(raw, 3);
        Files.copy(raw, secret);
    }

    final Path image(String name) {
        return images.resolve(name);
    }

    /** Data at both ends and in the middle, holes between. */
    static void fill(Path path, long seed) throws IOException {
        Random random = new Random(seed);
        try (SparseFile file = SparseFile.create(path, SIZE)) {
            for (long offset : new long[] {0, 5L * MIB + 512, SIZE - 70_000}) {
                byte[] bytes = new byte[70_000];
                random.nextBytes(bytes);
                file.write(offset, ByteBuffer.wrap(bytes));
            }
        }
    }

    final Path convert(String format, String name, String... options) {
        String[] argv = new String[options.length + 6];
        argv[0] = "qemu-img";
        argv[1] = "convert";
        argv[2] = "-O";
        argv[3] = format;
        System.arraycopy(options, 0, argv, 4, options.length);
        argv[options.length + 4] = raw.toString();
        argv[options.length + 5] = image(name).toString();
        Tool.run(argv);
        return image(name);
    }

    final SourceImage open(Path media) {
        return SourceImage.open(media, null, images, exec);
    }

    final void refused(Path media, Kind kind, String... words) {
        refused(media, null, kind, words);
    }

    final void refused(Path media, @Nullable String format, Kind kind, String... words) {
        ImageException error = assertThrows(ImageException.class, () -> SourceImage.open(media, format, images, exec));
        for (String word : words) {
            assertTrue(error.getMessage(), error.getMessage().contains(word));
        }
        assertEquals(error.getMessage(), kind, error.kind());
        assertTrue(
                "says nothing about what to do: " + error.getMessage(),
                !error.next().isEmpty());
    }

    static void cut(Path file, long size) throws IOException {
        try (SparseFile opened = SparseFile.openWrite(file)) {
            opened.setSize(size);
        }
    }
}
