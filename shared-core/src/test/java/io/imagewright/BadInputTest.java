package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Every way in which a source or a setting can be wrong: a clear error that names it, and nothing left behind. */
public class BadInputTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> messages = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private Path out;
    private Path tmp;

    @Before
    public void makeDirectories() throws IOException {
        out = folder.newFolder("out").toPath();
        tmp = folder.newFolder("tmp").toPath();
    }

    @After
    public void nothingIsLeftBehind() throws IOException {
        for (Path directory : List.of(out, tmp)) {
            try (Stream<Path> left = Files.list(directory)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    public void noSuchFile() {
        refused(folder.getRoot().toPath().resolve("nowhere.qcow2"), "nowhere.qcow2: no such file. ");
    }

    @Test
    public void notADiskImage() throws IOException {
        Path text = folder.newFile("notes.txt").toPath();
        Files.writeString(text, "no disk\n");
        refused(
                text,
                "notes.txt: it is not a disk image: no known format, and its 8 bytes are not a whole number of"
                        + " sectors");
    }

    @Test
    public void emptyFile() throws IOException {
        refused(folder.newFile("empty.raw").toPath(), "empty");
    }

    @Test
    public void noise() throws IOException {
        Path noise = folder.newFile("noise.raw").toPath();
        byte[] bytes = new byte[4 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(noise, bytes);
        refused(noise, "Unable to detect any operating system");
    }

    @Test
    public void truncatedQcow2() throws IOException {
        Path qcow2 = convert(disk("dos").write(), "qcow2");
        GuestDisk.run("truncate", "-s", "-512K", qcow2.toString());
        refused(qcow2, "disk.qcow2: it is cut short");
    }

    @Test
    public void qcow2WithAMissingBackingFile() throws IOException {
        Path base = disk("dos").write();
        Path overlay = folder.getRoot().toPath().resolve("guest/overlay.qcow2");
        GuestDisk.run(
                "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", base.toString(), overlay.toString());
        Files.delete(base);
        refused(overlay, "disk.raw");
    }

    @Test
    public void partitionBeyondTheEnd() throws IOException {
        Path disk = disk("dos").write();
        GuestDisk.run("truncate", "-s", "100M", disk.toString());
        refused(
                disk,
                "partition 2 (sectors 83968 to 215039) reaches beyond the end of the disk, whose last sector is"
                        + " 204799");
    }

    @Test
    public void overlappingPartitions() throws IOException {
        Path disk = disk("dos").write();
        // the second entry starts inside the first
        GuestDisk.put(disk, 446 + 16 + 8, new byte[] {0, 0x10, 0, 0});
        refused(disk, "overlap");
    }

    @Test
    public void badGptChecksumsOnBothSides() throws IOException {
        Path disk = disk("gpt").write();
        GuestDisk.put(disk, 512 + 16, new byte[] {1, 2, 3, 4});
        GuestDisk.put(disk, Files.size(disk) - 512 + 16, new byte[] {1, 2, 3, 4});
        refused(disk, "CRC");
    }

    @Test
    public void ext4WithACorruptSuperblock() throws IOException {
        GuestDisk guest = disk("dos");
        Path disk = guest.write();
        GuestDisk.put(disk, guest.rootOffset() + 1024 + 4, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x3f});
        refused(disk, "partition 2 (ext4) of disk.raw: the checksum of its superblock is wrong");
    }

    @Test
    public void ext4WithoutASuperblock_namesTheBackup() throws IOException {
        GuestDisk guest = disk("dos").mke2fs("-b", "1024");
        Path disk = guest.write();
        GuestDisk.put(disk, guest.rootOffset() + 1024, new byte[1024]);
        refused(disk, "e2fsck -b 8193");
    }

    @Test
    public void ext4WithUnsupportedFeatures() throws IOException {
        GuestDisk guest = disk("dos").mke2fs("-O", "^metadata_csum");
        Path disk = guest.write();
        GuestDisk.put(disk, guest.rootOffset() + 1024 + 96 + 3, new byte[] {0x40});
        refused(disk, "Cannot work on partition 2 (ext4) of disk.raw: it uses a feature that is not known");
    }

    @Test
    public void ext4WithErrors() throws IOException {
        Path disk = disk("dos").debugfs("clri /etc").debugfs("clri /var/log").write();
        refused(disk, "e2fsck found");
    }

    @Test
    public void sizeThatCannotDo_isSaidBeforeTheWork() throws IOException {
        Path disk = disk("dos").write();
        for (Map.Entry<Long, String> size : Map.of(
                        20L << 20,
                        "its partitions need more than ",
                        (1L << 30) + 1,
                        "that is no multiple of its sectors of 512 bytes")
                .entrySet()) {
            ImageException failure = assertThrows(ImageException.class, () -> run(ofSize(disk, size.getKey())));
            assertTrue(
                    failure.getMessage(),
                    failure.getMessage()
                            .startsWith("Cannot make " + disk.getFileName() + " " + size.getKey()
                                    + " bytes long (size): "));
            assertTrue(failure.getMessage(), failure.getMessage().contains(size.getValue()));
            assertEquals(failure.getMessage(), List.of("source"), steps);
            assertEquals(
                    failure.getMessage(),
                    assertThrows(
                                    ImageException.class,
                                    () -> ImageBuild.plan(
                                            Requests.inProcess(
                                                    ofSize(disk, size.getKey()),
                                                    folder.getRoot().toPath().resolve("out")),
                                            event -> {}))
                            .getMessage());
            steps.clear();
        }
    }

    /** The size that the message names works. */
    @Test
    public void sizeBelowTheContent_isRefusedBeforeTheCopy_withOneThatSuffices() throws IOException {
        Path disk = disk("dos").write();
        ImageException tooSmall = assertThrows(ImageException.class, () -> run(ofSize(disk, 20L << 20)));
        java.util.regex.Matcher bytes =
                java.util.regex.Pattern.compile("more than (\\d+) bytes").matcher(tooSmall.getMessage());
        assertTrue(tooSmall.getMessage(), bytes.find());
        long little = (Long.parseLong(bytes.group(1)) / 512 + 2) * 512;
        steps.clear();
        ImageException failure = assertThrows(ImageException.class, () -> run(ofSize(disk, little)));
        java.util.regex.Matcher enough = java.util.regex.Pattern.compile(
                        "need about \\d+ MiB once the guest is cleaned\\. Set size to at least (\\d+) MiB")
                .matcher(failure.getMessage());
        assertTrue(failure.getMessage(), enough.find());
        assertFalse(steps.toString(), steps.contains("copy"));
        run(ofSize(disk, Long.parseLong(enough.group(1)) << 20));
        GuestDisk.shell("find \"$1\" -mindepth 1 -delete", out);
    }

    private static ImageDescription ofSize(Path disk, long size) {
        ImageDescription plain = Requests.description(disk, "raw");
        return plain.toBuilder().size(size).repair(false).build();
    }

    @Test
    public void noOperatingSystem() throws IOException {
        Path disk = disk("dos")
                .without("etc/os-release")
                .without("etc/debian_version")
                .write();
        refused(disk, "Unable to detect any operating system");
    }

    @Test
    public void aFileInTheWayOfTheTarget() throws IOException {
        // an existing file is refused for root too, who ignores permissions
        Path file = folder.newFile("target").toPath();
        ImageException failure = assertThrows(
                ImageException.class,
                () -> ImageBuild.run(
                        Requests.of(disk("dos").write(), file.resolve("image"), "raw"), ProgressListener.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().contains("target"));
    }

    @Test
    public void unknownSysprepIsSuggested() throws IOException {
        ImageException failure =
                refused(disk("dos").write(), new ImageDescription.Sysprep(List.of("clenup-tmp"), List.of(), Map.of()));
        assertTrue(failure.getMessage(), failure.getMessage().contains("cleanup-tmp"));
    }

    /** Of two images, all at once and before any work; a medium need not be there for it. */
    @Test
    public void everyMistakeOfEveryImage_isListed() {
        Path out = folder.getRoot().toPath().resolve("out");
        ImageDescription plain = Requests.description(Path.of("missing.raw"), "qcow2");
        ImageDescription web = plain.toBuilder()
                .sysprep(new ImageDescription.Sysprep(
                        List.of("cleanup-mial"), List.of("no-such"), Map.of("bootmenu_timeout", "-1", "typo", "x")))
                .customise(List.of(
                        new ImageDescription.Action("upload", Map.of("source", "no.conf", "path", "/etc/no.conf"))))
                .formats(List.of(
                        ImageDescription.Format.of("qcow2"),
                        new ImageDescription.Format("raw", Map.of("level", "3"), null, null),
                        new ImageDescription.Format("tar", Map.of(), "a b", null)))
                .build();
        ImageDescription db = ImageDescription.builder("db", "missing.raw")
                .formats(List.of(ImageDescription.Format.of("qcow3")))
                .build();
        String message = assertThrows(
                        ImageException.class,
                        () -> ImageBuild.check(List.of(Requests.inProcess(web, out), Requests.inProcess(db, out))))
                .getMessage();
        assertTrue(message, message.startsWith("8 mistakes:\n"));
        for (String part : List.of(
                "'cleanup-mial' (sysprep.enable)",
                "'no-such' (sysprep.disable)",
                "bootmenu_timeout",
                "'typo'",
                "customise[0].upload: Cannot read no.conf: there is no such file",
                "level",
                "Bad classifier 'a b'",
                "image db: ")) {
            assertTrue(part + " in " + message, message.contains(part));
        }
    }

    /** What an earlier image of the build makes, a later one may take up. */
    @Test
    public void aFileThatAnEarlierImageMakes_needNotBeThereYet() {
        Path out = folder.getRoot().toPath().resolve("later");
        ImageDescription first = Requests.description(Path.of("missing.raw"), "qcow2");
        List<ImageDescription.Action> uploads = Stream.of("guest-1.qcow2", "guest-1.qcow2.sha256sum", "other.qcow2")
                .map(file -> new ImageDescription.Action(
                        "upload", Map.of("source", out.resolve(file).toString(), "path", "/srv/" + file)))
                .toList();
        ImageDescription second = ImageDescription.builder("second", "missing.raw")
                .customise(uploads)
                .build();
        String message = assertThrows(
                        ImageException.class,
                        () -> ImageBuild.check(
                                List.of(Requests.inProcess(first, out), Requests.inProcess(second, out))))
                .getMessage();
        assertTrue(
                message,
                message.startsWith("image second: customise[2].upload: Cannot read " + out.resolve("other.qcow2")));
        ImageBuild.checkConversions(List.of(Requests.inProcess(second, out)));
    }

    @Test
    public void badParameterValue() throws IOException {
        ImageException failure = refused(
                disk("dos").write(),
                new ImageDescription.Sysprep(List.of(), List.of(), Map.of("sensitive_userdata", "a,,b")));
        assertTrue(
                failure.getMessage(),
                failure.getMessage().contains("Invalid value for sysprep parameter: `sensitive_userdata'. Reason: "));
    }

    @Test
    public void aValueThatOnlyTheOperationCanJudge_isRefusedBeforeAnyWork() {
        // nobody looks whether the medium is there
        ImageDescription plain = Requests.description(Path.of("no-such-disk.raw"), "raw");
        for (Map.Entry<String, String> bad :
                Map.of("default_user", "No One", "sensitive_userdata", "../x").entrySet()) {
            ImageDescription description = plain.toBuilder()
                    .sysprep(new ImageDescription.Sysprep(
                            List.of("rename-default-cloud-init-user"), List.of(), Map.of(bad.getKey(), bad.getValue())))
                    .build();
            List<ProgressEvent> events = new ArrayList<>();
            Path out = folder.getRoot().toPath().resolve("out");
            ImageException failure = assertThrows(
                    ImageException.class, () -> ImageBuild.run(Requests.inProcess(description, out), events::add));
            assertTrue(
                    failure.getMessage(),
                    failure.getMessage()
                            .startsWith("Invalid value for sysprep parameter: `" + bad.getKey() + "'. Reason: "));
            assertTrue(
                    events.toString(), events.stream().noneMatch(event -> event instanceof ProgressEvent.StepStarted));
        }
    }

    private GuestDisk disk(String label) throws IOException {
        return new GuestDisk(folder.getRoot().toPath().resolve("guest"), label, 64);
    }

    private static Path convert(Path disk, String format) {
        Path target = disk.resolveSibling("disk." + format);
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", format, disk.toString(), target.toString());
        return target;
    }

    private void refused(Path media, String word) {
        ImageException failure = assertThrows(ImageException.class, () -> run(Requests.description(media, "raw")));
        assertTrue(failure.getMessage(), failure.getMessage().contains(word));
        assertTrue(failure.getMessage(), failure.kind() != ImageException.Kind.INTERNAL);
        assertEquals(
                "no control characters",
                failure.getMessage(),
                new String(failure.getMessage().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                        .replaceAll("[\\x00-\\x09\\x0b-\\x1f]", ""));
    }

    private ImageException refused(Path media, ImageDescription.Sysprep sysprep) {
        ImageDescription plain = Requests.description(media, "raw");
        ImageDescription description = plain.toBuilder().sysprep(sysprep).build();
        ImageException failure = assertThrows(ImageException.class, () -> run(description));
        assertEquals(List.of(failure.getMessage()), messages);
        return failure;
    }

    private void run(ImageDescription description) {
        ImageBuildRequest request = Requests.of(description, out);
        ImageBuild.run(
                request.toBuilder()
                        .description(description)
                        .version("1")
                        .baseDirectory(folder.getRoot().toPath())
                        .outputDirectory(out)
                        .workDirectory(tmp)
                        .worker(new ImageBuildRequest.WorkerSettings(true, List.of()))
                        .defaultClassifier("")
                        .build(),
                event -> {
                    if (event instanceof ProgressEvent.StepStarted started) {
                        steps.add(started.step());
                    }
                    if (event instanceof ProgressEvent.Failure failure) {
                        messages.add(failure.message().toString());
                    }
                });
    }
}
