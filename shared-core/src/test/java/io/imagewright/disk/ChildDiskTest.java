package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** No disk is read without its parent: a row for each format that has parents, and each place in which its files name one. */
public class ChildDiskTest extends SourceTestBase {

    private static final UUID PARENT = UUID.fromString("01020304-0506-0708-090a-0b0c0d0e0f10");

    private interface Child {

        /** Makes the child whose parent is missing. */
        Path make() throws IOException;
    }

    /**
     * One row.
     *
     * @param words what the refusal says, beside that the parent is needed
     */
    private record Row(String what, Child child, String... words) {}

    @Test
    public void refusesEveryChildWithoutItsParent() throws IOException {
        List<Row> rows = List.of(
                new Row("vhd", () -> vhd("child.vhd", true, true), "'parent.vhd'", "Merge-VHD"),
                new Row("vhd, only its last footer says so", () -> vhd("last.vhd", false, true), "'parent.vhd'"),
                new Row("vhd, only its first footer says so", () -> vhd("first.vhd", true, false), "'parent.vhd'"),
                new Row("vhdx", this::vhdx, "parent.vhdx", "Merge-VHD"),
                new Row("vdi by type", () -> vdi(4, new UUID(0, 0)), "VBoxManage"),
                new Row("vdi, undo", () -> vdi(3, new UUID(0, 0)), "VBoxManage"),
                new Row("vdi by parent", () -> vdi(1, PARENT), PARENT.toString()),
                new Row("parallels", this::parallels, "'base.hds'", "prl_disk_tool"),
                new Row("qcow2", () -> backed("qcow2", "raw"), "gone.img"),
                new Row("qed", () -> backed("qed", "raw"), "gone.img"),
                new Row("qcow", () -> backed("qcow", "raw"), "gone.img"),
                new Row("vmdk that names its parent", () -> backed("vmdk", "vmdk"), "gone.img"),
                new Row("vmdk, monolithicSparse", () -> vmdk("monolithicSparse"), "CID 1234abcd"),
                new Row("vmdk, streamOptimized", () -> vmdk("streamOptimized"), "CID 1234abcd"),
                new Row("vmdk, monolithicFlat", () -> vmdk("monolithicFlat"), "CID 1234abcd"),
                new Row("vmdk, split", () -> vmdk("twoGbMaxExtentSparse"), "CID 1234abcd"));
        for (Row row : rows) {
            Path media = row.child().make();
            ImageException refusal = assertThrows(row.what(), ImageException.class, () -> open(media));
            String message = refusal.getMessage();
            assertTrue(row.what() + ": " + message, message.contains("a child disk needs its parent"));
            assertTrue(row.what() + ": " + message, message.contains(media.toString()));
            assertTrue(row.what() + ": " + message, !refusal.next().isEmpty());
            for (String word : row.words()) {
                assertTrue(row.what() + ": " + message, message.contains(word));
            }
        }
    }

    @Test
    public void refusesAPartOfADiskWhoseDescriptorIsAnotherFile() throws IOException {
        convert("vmdk", "split.vmdk", "-o", "subformat=twoGbMaxExtentSparse");
        refused(image("split-s001.vmdk"), ImageException.Kind.UNSUPPORTED, "one part of a disk", "descriptor");
        Path redoLog = Files.write(image("delta.vmdk"), new byte[1 << 16]);
        write(redoLog, 0, ByteBuffer.wrap("COWD".getBytes(StandardCharsets.US_ASCII)));
        refused(redoLog, ImageException.Kind.UNSUPPORTED, "one part of a disk");
    }

    @Test
    public void refusesAVmdkWhoseParentHasChanged() throws IOException {
        Path parent = convert("vmdk", "parent.vmdk");
        Path child = image("snapshot.vmdk");
        Tool.run("qemu-img", "create", "-q", "-f", "vmdk", "-F", "vmdk", "-b", parent.toString(), child.toString());
        assertEquals(List.of(child, parent), open(child).files());
        replace(parent, "\nCID=", "\nCID=7");
        refused(child, ImageException.Kind.SOURCE, "as it was", "parent.vmdk");
    }

    @Test
    public void readsBaseImagesOfABundle() throws IOException {
        parallels();
        assertEquals(
                "parallels",
                open(Files.move(convert("parallels", "other"), image("base.hds")))
                        .format());
    }

    private Path vhd(String name, boolean first, boolean last) throws IOException {
        Path media = convert("vpc", name, "-o", "force_size=on");
        ByteBuffer header = ByteBuffer.allocate(16 + 8 + 512);
        header.put(new byte[24]).put("parent.vhd".getBytes(StandardCharsets.UTF_16BE));
        write(media, 512 + 40, header.clear());
        for (long footer : new long[] {first ? 0 : -1, last ? Files.size(media) - 512 : -1}) {
            if (footer >= 0) {
                write(media, footer + 60, ByteBuffer.allocate(4).putInt(4).flip());
            }
        }
        return media;
    }

    private Path vdi(int type, UUID parent) throws IOException {
        Path media = convert("vdi", "child.vdi");
        write(media, 0x4C, little(4).putInt(type).flip());
        ByteBuffer id = ByteBuffer.allocate(16);
        Guids.put(id, 0, parent);
        write(media, 0x1A8, id);
        return media;
    }

    /** Adds a parent locator to the metadata that qemu-img made. */
    private Path vhdx() throws IOException {
        Path media = convert("vhdx", "child.vhdx");
        ByteBuffer whole = ByteBuffer.wrap(Files.readAllBytes(media)).order(ByteOrder.LITTLE_ENDIAN);
        int table = 0;
        while (whole.getLong(table) != 0x617461646174656dL) {
            table += 4096;
        }
        int count = whole.getShort(table + 10);
        int entry = table + 32 + count * 32;
        Guids.put(whole, entry, UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c"));
        int locator = 0x20000;
        whole.putInt(entry + 16, locator).putInt(entry + 20, 512).putShort(table + 10, (short) (count + 1));
        byte[] key = "relative_path".getBytes(StandardCharsets.UTF_16LE);
        byte[] value = ".\\parent.vhdx".getBytes(StandardCharsets.UTF_16LE);
        int at = table + locator;
        whole.putShort(at + 18, (short) 1).putInt(at + 20, 100).putInt(at + 24, 200);
        whole.putShort(at + 28, (short) key.length).putShort(at + 30, (short) value.length);
        whole.put(at + 100, key).put(at + 200, value);
        Files.write(media, whole.array());
        return media;
    }

    private Path parallels() throws IOException {
        Files.writeString(image("DiskDescriptor.xml"), """
                <Parallels_disk_image><StorageData><Storage>
                <Image><GUID>{aa}</GUID><Type>Compressed</Type><File>base.hds</File></Image>
                <Image><GUID>{bb}</GUID><Type>Compressed</Type><File>child.hds</File></Image>
                </Storage></StorageData><Snapshots><TopGUID>{bb}</TopGUID>
                <Shot><GUID>{aa}</GUID><ParentGUID>{00000000-0000-0000-0000-000000000000}</ParentGUID></Shot>
                <Shot><GUID>{bb}</GUID><ParentGUID>{aa}</ParentGUID></Shot>
                </Snapshots></Parallels_disk_image>
                """);
        return convert("parallels", "child.hds");
    }

    private Path backed(String format, String backing) throws IOException {
        Path parent = backing.equals("raw") ? Files.copy(raw, image("gone.img")) : convert(backing, "gone.img");
        Path media = image("child." + format);
        Tool.run("qemu-img", "create", "-q", "-f", format, "-F", backing, "-b", "gone.img", media.toString());
        Files.delete(parent);
        return media;
    }

    /** One that names the id of its parent, and no file. */
    private Path vmdk(String subformat) throws IOException {
        Path media = convert("vmdk", subformat + ".vmdk", "-o", "subformat=" + subformat);
        replace(media, "parentCID=ffffffff", "parentCID=1234abcd");
        return media;
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = content.indexOf(text);
        assertTrue(file + " has no " + text, at >= 0);
        write(file, at, ByteBuffer.wrap(by.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void write(Path file, long offset, ByteBuffer bytes) throws IOException {
        try (SparseFile open = SparseFile.openWrite(file)) {
            open.write(offset, bytes);
        }
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
