package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** A failure names the medium that it is about: a row for each stage that can fail, tried with the first and with the second disk. */
public class NamedMediaTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path base = Path.of("unset");
    private TwoDisks disks;

    private interface Fault {

        /** Makes a faulty disk. */
        void make(Path disk) throws IOException;
    }

    /**
     * One row.
     *
     * @param words what the error says beside the name
     */
    private record Row(String stage, String words, Fault fault) {}

    private static final List<Row> ROWS = List.of(
            new Row("format", "a PDF document", disk -> Files.writeString(disk, "%PDF-1.7" + " ".repeat(504))),
            new Row(
                    "unpacking",
                    "cut short",
                    disk -> shell("head -c 1M /dev/urandom | gzip | head -c 4096 > \"$1\"", disk)),
            new Row("container", "cut short", disk -> {
                GuestDisk.run("qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), "64M");
                shell("truncate -s 70000 \"$1\"", disk);
            }),
            new Row("container header", "behind its end", disk -> {
                GuestDisk.run("qemu-img", "create", "-q", "-f", "vhdx", disk.toString(), "64M");
                shell("truncate -s 1M \"$1\"", disk);
            }),
            new Row("MBR, beyond the end", "partition table", disk -> {
                table(disk, "label: dos\nstart=2048, size=100000, type=83\n");
                shell("truncate -s 16M \"$1\"", disk);
            }),
            new Row("GPT, both copies", "partition table", disk -> {
                table(disk, "label: gpt\nstart=2048, size=2048\n");
                shell(
                        "truncate -s 63M \"$1\"; dd if=/dev/zero of=\"$1\" bs=512 seek=1 count=1 conv=notrunc status=none",
                        disk);
            }),
            new Row("file system", "errors", disk -> {
                GuestDisk.run("mke2fs", "-q", "-F", "-t", "ext4", disk.toString(), "32M");
                GuestDisk.run("debugfs", "-w", "-R", "clri <2>", disk.toString());
            }),
            new Row("superblock", "superblock", disk -> {
                GuestDisk.run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", disk.toString(), "32M");
                try (SparseFile file = SparseFile.openWrite(disk)) {
                    file.write(1024 + 4, ByteBuffer.allocate(40));
                }
            }));

    private static void shell(String script, Path disk) {
        GuestDisk.shell(script, disk);
    }

    private static void table(Path disk, String lines) throws IOException {
        shell("truncate -s 64M \"$1\"; printf '" + lines + "' | sfdisk -q \"$1\"", disk);
    }

    @Before
    public void makeDisks() throws IOException {
        base = folder.getRoot().toPath();
        disks = TwoDisks.in(base.resolve("source"));
        Files.createDirectory(base.resolve("out"));
    }

    @Test
    public void eachFailureNamesItsMedium() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Row row : ROWS) {
            Path disk = base.resolve("faulty-disk");
            Files.deleteIfExists(disk);
            row.fault().make(disk);
            for (List<Path> media : List.of(List.of(disk), List.of(disk, disks.data()), List.of(disks.root(), disk))) {
                String message = failure(media);
                if (!message.contains("faulty-disk")) {
                    wrong.add(row.stage() + ": " + message);
                }
                if (media.size() == 1 && !message.contains(row.words())) {
                    wrong.add(row.stage() + " is another failure: " + message);
                }
                if (media.get(0).equals(disks.root())
                        && message.contains(disks.root().getFileName() + ":")) {
                    wrong.add(row.stage() + " names the other disk: " + message);
                }
            }
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    private String failure(List<Path> media) {
        ImageBuildRequest request = Requests.inProcess(TwoDisks.of(media, "raw"), base.resolve("out"));
        return String.valueOf(assertThrows(ImageException.class, () -> ImageBuild.plan(request, ProgressListener.NONE))
                .getMessage());
    }

    @Test
    public void warningsNameTheMedium() throws IOException {
        Path disk = base.resolve("faulty-disk");
        table(disk, "label: gpt\nstart=2048, size=2048\n");
        shell("dd if=/dev/zero of=\"$1\" bs=512 seek=1 count=1 conv=notrunc status=none", disk);
        List<String> warnings = new ArrayList<>();
        ImageBuildRequest request =
                Requests.inProcess(TwoDisks.of(List.of(disks.root(), disk), "raw"), base.resolve("out"));
        // the guest's other disk is missing, too
        assertThrows(
                ImageException.class,
                () -> ImageBuild.plan(request, event -> {
                    if (event instanceof ProgressEvent.Warning warning) {
                        warnings.add(warning.message().toString());
                    }
                }));
        assertTrue(
                warnings.toString(),
                warnings.stream()
                        .anyMatch(text -> text.startsWith("disk 2 (faulty-disk): The primary GPT is damaged")));
    }
}
