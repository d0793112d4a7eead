package io.imagewright.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.imagewright.error.ImageException.Kind;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

/** What is no disk is refused although its size is that of one: a row for each kind, made by its program where that is short to say. */
public class ForeignFileTest extends SourceTestBase {

    /** @param make shell command that writes the file {@code $1} from the file {@code $2} */
    private record Made(String make, String... words) {}

    private static final List<Made> MADE = List.of(
            new Made("zip -q - $2 > $1", "zip archive", "Unpack it"),
            new Made("tar -cf $1 $2", "tar archive", "source.tree"),
            new Made("tar --format=v7 -cf $1 $2", "tar archive"),
            new Made("echo $2 | cpio -o -H newc -F $1", "cpio archive"),
            new Made("echo $2 | cpio -o -H odc -F $1", "cpio archive"),
            new Made("echo $2 | cpio -o -H bin -F $1", "cpio archive"),
            new Made("sqlite3 $1 'create table t(a)'", "SQLite"),
            new Made("cp /bin/true $1", "ELF"));

    private static final String[][] MAGIC = {
        {"7z\u00bc\u00af'\u001c", "7z archive"},
        {"Rar!\u001a\u0007\u0001", "rar archive"},
        {"%PDF-1.7", "PDF"},
        {"VMA\0", "vma extract"},
        {"MSWIM\0\0\0", "WIM"},
        {"EVF\t\r\n\u00ff\0", "ewfexport"},
        {":\u00ff&\u00ed", "simg2img"},
        {"\u0004\"M\u0018", "lz4"},
        {"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"},
        {"<!DOCTYPE html><html>", "web page"},
        {"<?xml version=\"1.0\"?><domain>", "XML"},
        {"!<arch>\ndebian-binary", "Debian package"}
    };

    @Test
    public void refusesEachKind() throws IOException {
        Files.writeString(image("file.txt"), "Dear Sir");
        for (Made row : MADE) {
            Path file = image("foreign.img");
            Files.deleteIfExists(file);
            Tool.run("sh", "-c", "cd \"$0\" && " + row.make(), images.toString(), "foreign.img", "file.txt");
            foreign(file, row.words());
        }
        for (String[] row : MAGIC) {
            foreign(Files.write(image("foreign.img"), row[0].getBytes(StandardCharsets.ISO_8859_1)), row[1]);
        }
    }

    /** As it is, and padded to whole sectors. */
    private void foreign(Path file, String... words) throws IOException {
        refused(file, Kind.SOURCE, words);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (bytes.length + 1023) / 512 * 512));
        refused(file, Kind.SOURCE, words);
        assertEquals("raw", SourceImage.open(file, "raw", images, exec).format());
    }

    @Test
    public void takesWhatIsUnknownForADisk() throws IOException {
        byte[] disk = new byte[4096];
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        assertEquals("raw", open(Files.write(image("disk.img"), disk)).format());
    }
}
