package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.exec.ProcessExec;
import io.imagewright.spec.ImageDescription.Format;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

/** Several outputs of one disk. */
public class OutputWritersTest {

    private static final int MIB = 1 << 20;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void writesAllFormatsFromOnePass_andDigestsEachContentOnce() throws Exception {
        TestDisk disk = new TestDisk(folder.newFile().toPath(), 30 * MIB)
                .text(0, 20 * MIB)
                .random(25 * MIB, MIB);
        List<Long> threads = new ArrayList<>();
        List<WrittenOutput> written = OutputWriters.write(
                disk.layout(),
                List.of(
                        target("raw", Map.of(), "a"),
                        target("qcow2", Map.of(), "b"),
                        target("diskdump", Map.of(), "c"),
                        target("qcow2", Map.of("compression", "zlib"), "d"),
                        target("qcow2", Map.of("compression", "zstd"), "e")),
                List.of(DigestAlgorithm.SHA256, DigestAlgorithm.MD5),
                OutputContract.GUEST,
                new ProcessExec(),
                position -> threads.add(digestThreads()));
        // two algorithms for each of three contents
        assertEquals(Set.of(6L), Set.copyOf(threads));
        assertEquals(
                List.of("a", "b", "c", "d", "e"),
                written.stream().map(w -> w.path().getFileName().toString()).toList());
        assertEquals(-1, Files.mismatch(disk.file(), written.get(0).path()));
        assertEquals(-1, Files.mismatch(disk.file(), written.get(2).path()));
        assertEquals(-1, Files.mismatch(written.get(1).path(), written.get(3).path()));
        assertNotEquals(written.get(1).digests(), written.get(4).digests());
        for (WrittenOutput output : written) {
            String line = Tools.run(
                    folder.getRoot().toPath(), "sha256sum", output.path().toString());
            assertEquals(line.split(" ")[0], output.digests().get("sha256"));
        }
    }

    @Test
    public void writesTheSameBytes_whereverZerosAreHoles() throws Exception {
        Path dense = folder.newFile().toPath();
        Path sparse = folder.newFile().toPath();
        List<Path> outputs = List.of(
                write(new TestDisk(dense, 12 * MIB).zeros(0, 12 * MIB).text(5 * MIB + 70_000, 9999), "dense"),
                write(new TestDisk(sparse, 12 * MIB).text(5 * MIB + 70_000, 9999), "sparse"));
        assertEquals(-1, Files.mismatch(outputs.get(0), outputs.get(1)));
    }

    private static long digestThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("digest-"))
                .count();
    }

    private Path write(TestDisk disk, String name) throws Exception {
        return OutputWriters.write(
                        disk.layout(),
                        List.of(target("qcow2", Map.of(), name)),
                        List.of(DigestAlgorithm.MD5),
                        OutputContract.GUEST,
                        new ProcessExec(),
                        p -> {})
                .get(0)
                .path();
    }

    private OutputTarget target(String format, Map<String, String> options, String file) {
        PlannedOutput output = OutputPlan.of(List.of(new Format(format, options, null, file)), "x", "1", "", 1)
                .get(0);
        return new OutputTarget(output, folder.getRoot().toPath().resolve(file));
    }
}
