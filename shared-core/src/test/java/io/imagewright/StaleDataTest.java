package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

/** Plants a marker wherever a disk keeps what nobody uses any more, and looks for it in every output. */
public class StaleDataTest {

    private static final String MARKER = "STALEMARKER-51f0c6";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void nothingStaleLeaves_msdos() throws IOException {
        build("dos");
    }

    @Test
    public void nothingStaleLeaves_gpt() throws IOException {
        build("gpt");
    }

    @Test
    public void nothingStaleLeaves_whenNothingIsShrunk() throws IOException {
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "gpt", 64);
        Path disk = guest.write();
        byte[] marker = (MARKER + "\n").repeat(400).getBytes(StandardCharsets.US_ASCII);
        GuestDisk.put(disk, guest.swapOffset() + (1 << 20), marker);
        GuestDisk.put(disk, guest.gapOffset() + 4096, marker);
        Path file = folder.newFile("MARKED.TXT").toPath();
        java.nio.file.Files.write(file, marker);
        String fat = disk + "@@" + guest.fatOffset();
        GuestDisk.run("mcopy", "-i", fat, file.toString(), "::/STALE.TXT");
        GuestDisk.run("mdel", "-i", fat, "::/STALE.TXT");
        GuestDisk.put(disk, guest.swapOffset() + 1024 + 28, "kept swap\0".getBytes(StandardCharsets.US_ASCII));
        assertEquals("the markers are there before", 3 * 400, count(disk));
        ImageDescription plain = Requests.description(disk, "diskdump", "raw", "qcow2");
        ImageDescription description = plain.toBuilder()
                .shrink(null)
                .size(null)
                .repair(false)
                .properties(Map.of())
                .build();

        ImageBuildResult result = ImageBuild.run(
                Requests.of(description, folder.getRoot().toPath().resolve("out")), ProgressListener.NONE);

        requireNoMarker(result);
        Path built = folder.getRoot().toPath().resolve("raw.check");
        assertEquals(java.nio.file.Files.size(disk), java.nio.file.Files.size(built));
        assertEquals(
                "UUID=\"66666666-7777-8888-9999-aaaaaaaaaaaa\" LABEL=\"kept swap\"",
                GuestDisk.shell(
                                "blkid -p -O \"$2\" -o full -s UUID -s LABEL -s TYPE \"$1\" | sed 's/.*: //;s/ TYPE.*//'"
                                        + " | tr ' ' '\\n' | paste -sd' ' | sed -E 's/(LABEL=.*\") *(UUID=[^ ]*)/\\2 \\1/'",
                                built,
                                guest.swapOffset())
                        .strip());
        String parts = "sfdisk -d \"$1\" | sed -n 's/^[^ ]* : //p'";
        assertEquals(GuestDisk.shell(parts, disk), GuestDisk.shell(parts, built));
    }

    private void build(String label) throws IOException {
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), label, 192);
        String block = (MARKER + "\n").repeat(400);
        guest.file("deleted-content", block)
                .file("deleted-" + MARKER, "x")
                .file("attributed", "x")
                .file("tmp/" + MARKER + "-removed-by-sysprep", block)
                .file("var/log/app/log", block)
                .file("root/.bash_history", MARKER)
                .debugfs("symlink /shortlink " + MARKER)
                .debugfs("ea_set /attributed user.secret " + MARKER)
                .debugfs("rm /deleted-content")
                .debugfs("rm /deleted-" + MARKER)
                .debugfs("rm /attributed")
                .debugfs("rm /shortlink")
                .file("preallocated", "x")
                .debugfs("fallocate /preallocated 1 8")
                .file("preallocated-with-holes", "x");
        // so many pieces that they need a block of their own
        for (int index = 2; index < 20; index += 2) {
            guest.debugfs("fallocate /preallocated-with-holes " + index + " " + index);
        }
        Path disk = guest.write();
        byte[] marker = block.getBytes(StandardCharsets.US_ASCII);
        plantInUnwritten(guest, disk, "/preallocated", 8);
        plantInUnwritten(guest, disk, "/preallocated-with-holes", 18);
        GuestDisk.put(disk, guest.swapOffset() + (1 << 20), marker);
        GuestDisk.put(disk, guest.gapOffset() + 4096, marker);
        Path file = folder.newFile(MARKER.substring(0, 8) + ".TXT").toPath();
        java.nio.file.Files.write(file, marker);
        String fat = disk + "@@" + guest.fatOffset();
        GuestDisk.run("mcopy", "-i", fat, file.toString(), "::/STALE.TXT");
        GuestDisk.run("mdel", "-i", fat, "::/STALE.TXT");
        assertNotEquals("the marker is there before", 0, count(disk));

        ImageBuildResult result = ImageBuild.run(
                Requests.of(disk, folder.getRoot().toPath().resolve("out"), "diskdump", "raw", "qcow2"),
                ProgressListener.NONE);

        requireNoMarker(result);
    }

    private void requireNoMarker(ImageBuildResult result) {
        assertEquals(3, result.outputs().size());
        for (ImageBuildResult.Output output : result.outputs()) {
            Path raw = folder.getRoot().toPath().resolve(output.format() + ".check");
            GuestDisk.run(
                    "qemu-img",
                    "convert",
                    "-f",
                    output.format().equals("qcow2") ? "qcow2" : "raw",
                    "-O",
                    "raw",
                    output.file().toString(),
                    raw.toString());
            assertEquals(output.format(), 0, count(raw));
        }
    }

    /** Writes the marker into the last block of a file behind the back of the file system. */
    private static void plantInUnwritten(GuestDisk guest, Path disk, String file, int last) throws IOException {
        String[] words = GuestDisk.run(
                        "debugfs", "-R", "bmap " + file + " " + last, disk + "?offset=" + guest.rootOffset())
                .split("\\s+");
        long block = Long.parseLong(words[0]);
        int blockSize = Integer.parseInt(GuestDisk.shell(
                        "debugfs -R stats \"$1\" | sed -n 's/^Block size: *//p'",
                        disk + "?offset=" + guest.rootOffset())
                .strip());
        GuestDisk.put(
                disk, guest.rootOffset() + block * blockSize, (MARKER + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static int count(Path disk) {
        String lines = GuestDisk.shell("grep -aoF \"$2\" \"$1\" | wc -l", disk, MARKER);
        return Integer.parseInt(lines.strip());
    }
}
