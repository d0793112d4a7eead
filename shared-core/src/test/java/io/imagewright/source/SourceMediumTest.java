package io.imagewright.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.imagewright.disk.SourceImage;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.TestExec;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Packed media, made by the programs that people pack with. */
public class SourceMediumTest {

    private static final int SIZE = 3 << 20;

    /** A row for each compression: the program that packs standard input, and its extension. */
    private static final String[][] PROGRAMS = {{"gzip", "gz"}, {"xz", "xz"}, {"zstd", "zst"}, {"bzip2", "bz2"}};

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestExec exec = new TestExec();
    private final byte[] disk = new byte[SIZE];
    private Path media;
    private Path work;

    @Before
    public void makeDisk() throws IOException {
        media = folder.newFolder("media").toPath().toRealPath();
        work = folder.newFolder("work").toPath();
        byte[] some = new byte[100_000];
        new Random(5).nextBytes(some);
        System.arraycopy(some, 0, disk, 0, 446); // as boot code
        System.arraycopy(some, 0, disk, 4096, some.length);
        System.arraycopy(some, 0, disk, SIZE - some.length, some.length);
    }

    @Test
    public void readsWhatEachProgramPacks() throws Exception {
        byte[] half = Arrays.copyOf(disk, SIZE / 2);
        byte[] rest = Arrays.copyOfRange(disk, SIZE / 2, SIZE);
        byte[] skippable = {0x52, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        for (String[] program : PROGRAMS) {
            byte[] whole = pack(program[0], disk);
            byte[] parts = joined(pack(program[0], half), pack(program[0], rest));
            serves(program[1], "one part", whole);
            serves(program[1], "two parts", parts);
            serves(program[1], "an empty part", joined(parts, pack(program[0], new byte[0])));
            serves(program[1], "padded to a sector", Arrays.copyOf(whole, (whole.length + 511) / 512 * 512));
            serves(program[1], "padded much", Arrays.copyOf(parts, parts.length + 1_000_000));
        }
        byte[] frame = pack("zstd", disk);
        serves("zst", "skippable frames", joined(skippable, joined(frame, skippable)));
    }

    private void serves(String extension, String what, byte[] packed) throws IOException {
        Path file = Files.write(media.resolve("disk.raw." + extension), packed);
        SourceMedium medium = SourceMedium.of(file, null, media);
        assertTrue(what, medium.isPacked());
        List<SourceImage> images = medium.open(opening());
        assertEquals(1, images.size());
        SourceImage image = images.get(0);
        String row = extension + ", " + what;
        assertEquals(row, "raw." + extension, image.format());
        assertEquals(row, List.of(file), image.files());
        assertEquals(row, "disk.raw." + extension, image.name());
        assertTrue(row, image.isRaw());
        assertArrayEquals(row, disk, Files.readAllBytes(image.path()));
        assertTrue(row + " is not sparse", image.storedSize() < 400_000);
    }

    @Test
    public void refusesDamageAndLeavesNothing() throws Exception {
        for (String[] program : PROGRAMS) {
            byte[] sound = pack(program[0], disk);
            byte[] changed = sound.clone();
            changed[sound.length / 2] ^= 0x55;
            damaged(program[1], "changed", changed);
            damaged(program[1], "cut", Arrays.copyOf(sound, sound.length / 2));
            damaged(program[1], "its last byte missing", Arrays.copyOf(sound, sound.length - 1));
            damaged(program[1], "cut in the second part", joined(sound, Arrays.copyOf(sound, sound.length / 2)));
            damaged(program[1], "something behind it", joined(sound, "what?".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void damaged(String extension, String what, byte[] packed) throws IOException {
        Path file = Files.write(media.resolve("disk.raw." + extension), packed);
        ImageException refusal = refused(file, null, Kind.SOURCE);
        String row = extension + ", " + what + ": " + refusal.getMessage();
        assertTrue(row, refusal.getMessage().contains(file.toString()));
        assertTrue(row, refusal.next().toString().contains("copy it again"));
        assertTrue(row, isEmpty(work));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    private ImageException refused(Path file, @Nullable String format, Kind kind, String... words) {
        ImageException refusal = assertThrows(
                ImageException.class, () -> SourceMedium.of(file, format, media).open(opening()));
        for (String word : words) {
            assertTrue(refusal.getMessage(), refusal.getMessage().contains(word));
        }
        assertEquals(refusal.getMessage(), kind, refusal.kind());
        assertFalse(refusal.getMessage(), refusal.next().isEmpty());
        return refusal;
    }

    @Test
    public void readsCompressedContainersAndForcedFormats() throws Exception {
        Path raw = Files.write(media.resolve("plain"), disk);
        Path qcow2 = media.resolve("a.qcow2");
        run("qemu-img", "convert", "-O", "qcow2", raw.toString(), qcow2.toString());
        Path packed = Files.write(media.resolve("a.qcow2.xz"), pack("xz", Files.readAllBytes(qcow2)));
        assertEquals(
                "qcow2.xz",
                SourceMedium.of(packed, null, media).open(opening()).get(0).format());
        assertEquals(
                "raw.xz",
                SourceMedium.of(packed, "raw.xz", media).open(opening()).get(0).format());
        refused(packed, "raw.gz", Kind.SOURCE, "not compressed by gzip");
        refused(packed, "nbd.xz", Kind.DESCRIPTION, "'nbd'");
        assertFalse(SourceMedium.of(packed, "raw", media).isPacked());
    }

    @Test
    public void namesTheMediumWhenItsContentIsNoDisk() throws Exception {
        byte[] tar = tar(List.of(new Member("disk.raw", disk)));
        refused(
                Files.write(media.resolve("gce.tar.gz"), pack("gzip", tar)),
                null,
                Kind.SOURCE,
                "gce.tar.gz",
                "a tar archive",
                "Unpack it");
        refused(
                Files.write(media.resolve("letter.xz"), pack("xz", "Dear Sir".getBytes(StandardCharsets.UTF_8))),
                null,
                Kind.SOURCE,
                "letter.xz",
                "not a disk image");
        refused(
                Files.write(media.resolve("void.zst"), pack("zstd", new byte[0])),
                null,
                Kind.SOURCE,
                "void.zst",
                "empty");
    }

    @Test
    public void takesTheDisksOfAnOvaInTheirOrder() throws Exception {
        byte[] first = vmdk(disk);
        byte[] other = disk.clone();
        other[0] = 1;
        byte[] second = pack("gzip", vmdk(other));
        String ovf = ovf(
                "<File id=\"f2\" href=\"b.vmdk.gz\" compression=\"gzip\"/><File id=\"f1\" href=\"a.vmdk\"/>",
                "<Disk diskId=\"d2\" fileRef=\"f2\"/><Disk diskId=\"d1\" fileRef=\"f1\"/><Disk diskId=\"d3\"/>",
                item(4, 17, "ovf:/disk/d2", 1) + item(3, 17, "ovf:/disk/d1", 0) + item(5, 17, "ovf:/disk/d3", 2));
        Path ova = ova("web.ova", ovf, first, second, text -> text);
        SourceMedium medium = SourceMedium.of(ova, null, media);
        assertEquals(2, medium.disks());
        List<SourceImage> images = medium.open(opening());
        assertEquals(
                List.of("a.vmdk in web.ova", "b.vmdk.gz in web.ova"),
                images.stream().map(SourceImage::name).toList());
        for (SourceImage image : images) {
            assertEquals("ova", image.format());
            assertEquals(List.of(ova), image.files());
            Path raw = work.resolve("extracted");
            image.extract(0, SIZE, raw, done -> {});
            assertArrayEquals(image.name(), image == images.get(0) ? disk : other, Files.readAllBytes(raw));
        }
    }

    /** Nothing is left out silently: neither a disk without a file nor one that no drive has. */
    @Test
    public void warnsOfDisksThatTheMachineDoesNotHave() throws Exception {
        String ovf = ovf(
                "<File id=\"f1\" href=\"a.vmdk\"/><File id=\"f2\" href=\"b.vmdk.gz\" compression=\"gzip\"/>",
                "<Disk diskId=\"d1\" fileRef=\"f1\"/><Disk diskId=\"d2\" fileRef=\"f2\"/><Disk diskId=\"d3\"/>",
                item(3, 17, "ovf:/disk/d1", 0) + item(4, 17, "ovf:/disk/d3", 1));
        Path ova = ova("web.ova", ovf, vmdk(disk), new byte[10], text -> text);
        List<String> warnings = new ArrayList<>();
        Steps steps = new Steps(event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message().toString());
            }
        });
        SourceMedium.of(ova, null, media).open(new Opening(work.resolve("unpacked"), exec, steps, false));
        assertEquals(
                List.of(
                        "Disk d3 of the machine in web.ova is empty, has no file, and is left out.",
                        "Disk d2 of the machine in web.ova is attached to none of its drives, and is left out."),
                warnings);
    }

    @Test
    public void refusesOvasThatAreDamagedOrNotOneMachine() throws Exception {
        byte[] vmdk = vmdk(disk);
        String files = "<File id=\"f1\" href=\"a.vmdk\"/><File id=\"f2\" href=\"b.vmdk.gz\"/>";
        String disks = "<Disk diskId=\"d1\" fileRef=\"f1\"/>";
        String sound = ovf(files, disks, "");
        refusedOva(sound, vmdk, text -> text.replaceAll("(a.vmdk\\)= )..", "$1zz"), Kind.SOURCE, "no digest");
        refusedOva(
                sound,
                vmdk,
                text -> text.replaceAll("(a.vmdk\\)= )[0-9a-f]{4}", "$10000"),
                Kind.SOURCE,
                "sha256 of a.vmdk");
        refusedOva(
                sound,
                vmdk,
                text -> text.replaceAll("(b.vmdk.gz\\)= )[0-9a-f]{4}", "$10000"),
                Kind.SOURCE,
                "b.vmdk.gz");
        refusedOva(sound, vmdk, text -> text + "SHA256(gone)= 00\n", Kind.SOURCE, "gone", "not in it");
        refusedOva(
                ovf(files.replace("a.vmdk", "../../etc/passwd"), disks, ""),
                vmdk,
                text -> text,
                Kind.SOURCE,
                "not in it");
        refusedOva(
                ovf(files, disks.replace("/>", " parentRef=\"d0\"/>"), ""),
                vmdk,
                text -> text,
                Kind.UNSUPPORTED,
                "child disk needs its parent");
        refusedOva(
                ovf(files.replace("a.vmdk\"", "a.vmdk\" chunkSize=\"1\""), disks, ""),
                vmdk,
                text -> text,
                Kind.UNSUPPORTED,
                "chunks");
        refusedOva(ovf(files, "", ""), vmdk, text -> text, Kind.UNSUPPORTED, "no disk that is a file");
        refusedOva(
                sound.replace("</VirtualSystem>", "</VirtualSystem><VirtualSystem/>"),
                vmdk,
                text -> text,
                Kind.UNSUPPORTED,
                "2 machines");
        refusedOva(
                "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:/etc/passwd\">]><Envelope>&y;</Envelope>",
                vmdk,
                text -> text,
                Kind.SOURCE,
                "XML");
        refusedOva("<a>".repeat(100), vmdk, text -> text, Kind.SOURCE, "XML");
        Path cut = ova("cut.ova", sound, vmdk, new byte[10], text -> text);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 20_000));
        refused(cut, null, Kind.SOURCE, "cut.ova");
    }

    @Test
    public void anOvaIsReadWithinLimits() throws Exception {
        List<Member> members = new ArrayList<>(List.of(new Member("m.ovf", new byte[0])));
        for (int i = 0; i < 10_000; i++) {
            members.add(new Member("n" + i, new byte[0]));
        }
        refused(Files.write(media.resolve("many.ova"), tar(members)), null, Kind.UNSUPPORTED, "10000 members");

        // a name of 1 GiB, all of it a hole
        byte[] ovf = tar(List.of(new Member("m.ovf", new byte[0])));
        byte[] name = Arrays.copyOf(tar(List.of(new Member("name", new byte[0]))), 512);
        TarUtils.formatLongOctalBytes(1L << 30, name, 124, 12);
        name[156] = 'L';
        TarUtils.formatCheckSumOctalBytes(TarUtils.computeCheckSum(blank(name)), name, 148, 8);
        Path large = Files.write(media.resolve("large.ova"), joined(Arrays.copyOf(ovf, 512), name));
        try (FileChannel grown = FileChannel.open(large, StandardOpenOption.WRITE)) {
            grown.write(ByteBuffer.wrap(ovf), (1L << 30) + 1024);
        }
        refused(large, null, Kind.SOURCE, "too long");
    }

    /** With blanks for a checksum, by which it is computed. */
    private static byte[] blank(byte[] header) {
        byte[] blank = header.clone();
        Arrays.fill(blank, 148, 156, (byte) ' ');
        return blank;
    }

    private void refusedOva(String ovf, byte[] vmdk, UnaryOperator<String> manifest, Kind kind, String... words)
            throws Exception {
        refused(ova("bad.ova", ovf, vmdk, new byte[10], manifest), null, kind, words);
    }

    /** A machine's archive with a manifest. */
    private Path ova(String name, String ovf, byte[] first, byte[] second, UnaryOperator<String> manifest)
            throws Exception {
        List<Member> members = new ArrayList<>();
        members.add(new Member("m.ovf", ovf.getBytes(StandardCharsets.UTF_8)));
        members.add(new Member("a.vmdk", first));
        members.add(new Member("b.vmdk.gz", second));
        StringBuilder text = new StringBuilder();
        for (Member member : members) {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(member.content()));
            text.append("SHA256(")
                    .append(member.name())
                    .append(")= ")
                    .append(digest)
                    .append("\n");
        }
        members.add(1, new Member("m.mf", manifest.apply(text.toString()).getBytes(StandardCharsets.UTF_8)));
        return Files.write(media.resolve(name), tar(members));
    }

    private static String ovf(String files, String disks, String items) {
        return "<?xml version=\"1.0\"?><Envelope xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"><References>" + files
                + "</References><DiskSection>" + disks + "</DiskSection><VirtualSystem><VirtualHardwareSection>"
                + "<Item><InstanceID>1</InstanceID><ResourceType>6</ResourceType></Item>" + items
                + "</VirtualHardwareSection></VirtualSystem></Envelope>";
    }

    private static String item(int id, int type, String resource, int address) {
        return "<Item><AddressOnParent>" + address + "</AddressOnParent><HostResource>" + resource
                + "</HostResource><InstanceID>" + id + "</InstanceID><Parent>1</Parent><ResourceType>" + type
                + "</ResourceType></Item>";
    }

    private record Member(String name, byte[] content) {}

    private static byte[] tar(List<Member> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Member member : members) {
                TarArchiveEntry entry = new TarArchiveEntry(member.name());
                entry.setSize(member.content().length);
                tar.putArchiveEntry(entry);
                tar.write(member.content());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private byte[] vmdk(byte[] content) throws Exception {
        Path raw = Files.write(media.resolve("vmdk.raw"), content);
        Path vmdk = media.resolve("made.vmdk");
        run("qemu-img", "convert", "-O", "vmdk", "-o", "subformat=streamOptimized", raw.toString(), vmdk.toString());
        return Files.readAllBytes(vmdk);
    }

    private Opening opening() {
        return new Opening(work.resolve("unpacked"), exec, new Steps(ProgressListener.NONE), false);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] pack(String program, byte[] content) throws Exception {
        Process process = new ProcessBuilder(program, "-c")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread feed = new Thread(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(content);
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            }
        });
        feed.start();
        byte[] packed = process.getInputStream().readAllBytes();
        feed.join();
        assertEquals(program, 0, process.waitFor());
        return packed;
    }

    private static void run(String... argv) throws Exception {
        assertEquals(0, new ProcessBuilder(argv).inheritIO().start().waitFor());
    }
}
