package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.imagewright.exec.TestExec;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class FileSystemProbeTest {

    private static final int MIB = 1 << 20;
    private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestExec exec = new TestExec();

    private Path file(String name, long size) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        SparseFile.create(file, size).close();
        return file;
    }

    private Path ext4(String label) throws IOException {
        Path file = file("-- ext4", 8 * MIB);
        Tool.run("mke2fs", "-q", "-t", "ext4", "-U", UUID, "-L", label, file.toString());
        return file;
    }

    @Test
    public void findsAFileSystemInsideADisk() throws IOException {
        Path disk = file("disk.img", 32L * MIB);
        try (SparseFile from = SparseFile.openRead(ext4("root"));
                SparseFile to = SparseFile.openWrite(disk)) {
            SparseCopy.copy(from, from.dataExtents(0, 8 * MIB), to, 10L * MIB, done -> {});
        }
        assertEquals(new FileSystemInfo("ext4", UUID, "root"), FileSystemProbe.probe(disk, 10L * MIB, 8L * MIB, exec));
        assertEquals(FileSystemInfo.UNKNOWN, FileSystemProbe.probe(disk, 0, 8L * MIB, exec));
    }

    @Test
    public void givesLabelsAsTheyAre() throws IOException {
        for (String label : new String[] {"a \"b\" $c\\x41 =d'", "100% `x`"}) {
            assertEquals(
                    label, FileSystemProbe.probe(ext4(label), 0, 8L * MIB, exec).label());
        }
        String udev = "ID_FS_TYPE=ext4\nID_FS_LABEL_ENC=\\xc3\\xa4\u00e4\\x0a\\x1b[1m\nbroken\nID_FS_UUID_ENC="
                + "x".repeat(9999);
        FileSystemInfo info = FileSystemProbe.parse(udev);
        assertEquals("\u00e4\u00e4??[1m", info.label());
        assertEquals(256, info.uuid().length());
    }

    @Test
    public void knowsNothing_whenTwoFileSystemsClaimThePlace() throws IOException {
        Path disk = ext4("both");
        assertEquals("ext4", FileSystemProbe.probe(disk, 0, 8L * MIB, exec).type());
        try (SparseFile file = SparseFile.openWrite(disk)) {
            byte[] descriptor = "\1CD001\1".getBytes(StandardCharsets.US_ASCII); // of ISO 9660
            file.write(32768, ByteBuffer.wrap(descriptor));
        }
        assertEquals(FileSystemInfo.UNKNOWN, FileSystemProbe.probe(disk, 0, 8L * MIB, exec));
    }
}
