package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.imagewright.error.ImageException.Kind;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** An image must not carry files of the machine into the output, nor make qemu-img talk to the network. */
public class HostileReferenceTest extends SourceTestBase {

    private static final String HEAD = "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\n";

    /** Refused, and before any program could open the reference. */
    private void refusedUnopened(Path media, String... words) {
        int before = exec.runs().size();
        refused(media, Kind.SOURCE, words);
        assertEquals("a program ran on it", before, exec.runs().size());
    }

    private Path vmdk(String descriptor) throws IOException {
        return Files.writeString(image("hostile.vmdk"), HEAD + descriptor);
    }

    private Path qcow2(String backing) {
        Path media = image("hostile.qcow2");
        Tool.run("qemu-img", "create", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", backing, media.toString(), "16M");
        return media;
    }

    @Test
    public void refusesAVmdkThatNamesAFileElsewhere() throws IOException {
        for (String name : new String[] {
            "/etc/passwd",
            "../elsewhere/secret.raw",
            secret.toString(),
            "file:" + secret,
            "file:../elsewhere/secret.raw"
        }) {
            refusedUnopened(vmdk("RW 8 FLAT \"" + name + "\" 0\n"), name, "lies outside of", "copy them there");
        }
    }

    @Test
    public void refusesAVmdkThatNamesAProtocol() throws IOException {
        for (String name : new String[] {"nbd:127.0.0.1:1", "http://127.0.0.1/x", "json:{}", "fat:rw:/etc"}) {
            refusedUnopened(vmdk("RW 8 FLAT \"" + name + "\" 0\n"), name.substring(0, 4), "protocol");
        }
    }

    @Test
    public void refusesDescriptorsThatTwoParsersCouldReadInTwoWays() throws IOException {
        refusedUnopened(vmdk("RW\n8 FLAT \"" + secret + "\" 0\n"), "line of unknown form");
        refusedUnopened(vmdk("RW 8FLAT \"" + secret + "\" 0\n"), "line of unknown form");
        refusedUnopened(vmdk("a=b\rRW 8 FLAT \"" + secret + "\" 0\n"), "line of unknown form");
        refusedUnopened(vmdk("\tRW 8 FLAT \"" + secret + "\" 0\n"), "lies outside");
    }

    @Test
    public void refusesAVmdkWithoutTheUsualFirstLine() throws IOException {
        Path media = Files.writeString(
                image("hostile.vmdk"), "  \n#x\rversion=9\nversion=1\nRW 8 FLAT \"" + secret + "\" 0\n");
        refusedUnopened(media, "line of unknown form");
    }

    @Test
    public void refusesAVmdkWhoseParentIsElsewhere() throws IOException {
        Files.write(image("flat.bin"), new byte[4096]);
        refusedUnopened(
                vmdk("parentFileNameHint=\"" + secret + "\"\nRW 8 FLAT \"flat.bin\" 0\n"),
                "backing file",
                "lies outside");

        Path sparse = convert("vmdk", "sparse.vmdk");
        try (SparseFile file = SparseFile.openWrite(sparse)) {
            String descriptor = HEAD + "parentFileNameHint=\"" + secret + "\"\n";
            file.write(512, ByteBuffer.wrap(descriptor.getBytes(StandardCharsets.UTF_8)));
            file.write(512 + descriptor.length(), ByteBuffer.allocate(1));
        }
        refusedUnopened(sparse, "backing file", "lies outside");
    }

    @Test
    public void refusesADescriptorHiddenInASparseExtent() throws IOException {
        Path hidden = image("hidden.vmdk");
        byte[] header = new byte[MIB];
        ByteBuffer view = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        view.put("KDMV".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(3)
                .putLong(0)
                .putLong(128)
                .putLong(8);
        view.position(8 * 512).put((HEAD + "RW 8 FLAT \"" + secret + "\" 0\n").getBytes(StandardCharsets.UTF_8));
        Files.write(hidden, header);
        refusedUnopened(hidden, "extent", "lies outside");
        refusedUnopened(vmdk("RW 8 SPARSE \"hidden.vmdk\"\n"), "extent", "lies outside");
    }

    @Test
    public void refusesASymbolicLinkThatLeadsOut() throws IOException {
        Files.createSymbolicLink(image("innocent.raw"), secret);
        refusedUnopened(vmdk("RW 8 FLAT \"innocent.raw\" 0\n"), "innocent.raw", "lies outside");
        refusedUnopened(qcow2("innocent.raw"), "innocent.raw", "lies outside");
    }

    @Test
    public void refusesABackingFileElsewhere() {
        refusedUnopened(qcow2(secret.toString()), "backing file", secret.toString(), "lies outside");
        refusedUnopened(qcow2("../elsewhere/secret.raw"), "backing file", "lies outside");
        refusedUnopened(qcow2("nbd:127.0.0.1:1"), "protocol");
        refusedUnopened(qcow2("json:{\"driver\":\"null-co\"}"), "protocol");
        refusedUnopened(qcow2("."), "not a regular file");
    }

    @Test
    public void namesTheMissingBackingFile() {
        refusedUnopened(
                qcow2("gone.raw"),
                "hostile.qcow2",
                "needs its parent",
                "backing file 'gone.raw' is missing",
                "Put it where");
    }

    @Test
    public void refusesADataFileElsewhere() throws IOException {
        Path media = convert("qcow2", "external.qcow2", "-o", "data_file=" + secret + ".data");
        refusedUnopened(media, "data file", "lies outside");
    }

    @Test
    public void refusesAFormatThatIsAProtocol() {
        Path media = image("format.qcow2");
        Tool.run(
                "qemu-img",
                "create",
                "-q",
                "-u",
                "-f",
                "qcow2",
                "-F",
                "nbd",
                "-b",
                raw.toString(),
                media.toString(),
                "1M");
        refusedUnopened(media, "format is said to be 'nbd'");
    }

    @Test
    public void refusesAReferenceFurtherDown() {
        Path deep = qcow2(secret.toString());
        Path top = image("top.qcow2");
        Tool.run(
                "qemu-img",
                "create",
                "-q",
                "-u",
                "-f",
                "qcow2",
                "-F",
                "qcow2",
                "-b",
                deep.toString(),
                top.toString(),
                "16M");
        refusedUnopened(top, deep.toString(), secret.toString(), "lies outside");
    }

    @Test
    public void refusesChainsWithoutEnd() {
        Path media = image("self.qcow2");
        Tool.run(
                "qemu-img",
                "create",
                "-q",
                "-u",
                "-f",
                "qcow2",
                "-F",
                "qcow2",
                "-b",
                "self.qcow2",
                media.toString(),
                "1M");
        refusedUnopened(media, "leads back to it");

        String below = raw.toString();
        for (int i = 0; i < 17; i++) {
            Path next = image("chain" + i + ".qcow2");
            String format = i == 0 ? "raw" : "qcow2";
            Tool.run(
                    "qemu-img", "create", "-q", "-u", "-f", "qcow2", "-F", format, "-b", below, next.toString(), "16M");
            below = next.toString();
        }
        refusedUnopened(Path.of(below), "longer than 16");
    }

    @Test
    public void takesABackingFileWithoutFormatForRaw_whenItShowsNoMagic() throws IOException {
        Path media = qcow2("disk.raw");
        try (SparseFile file = SparseFile.openWrite(media)) {
            ByteBuffer header = ByteBuffer.allocate(512);
            file.read(0, header);
            int at = 0;
            while (header.getInt(at) != 0xE2792ACA) {
                at += 4;
            }
            file.write(at, ByteBuffer.allocate(4).putInt(0x12345678).flip());
        }
        open(media).extract(0, SIZE, work.resolve("out"), done -> {});
        assertTrue(Files.mismatch(raw, work.resolve("out")) == -1);
    }
}
