package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.Trust;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.TreeMember;
import io.imagewright.progress.ProgressListener;
import io.imagewright.source.tree.FileTree;
import io.imagewright.source.tree.TreeSource;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Format;
import io.imagewright.spec.ImageDescription.Source;
import io.imagewright.spec.NewDisk;
import io.imagewright.spec.NewDisk.Boot;
import io.imagewright.spec.NewDisk.Table;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/** Disks of a real Debian tree (examples/debian/make-tree.sh): a tar, and a container image that skopeo makes of it. */
public class TreeDiskIT {

    @ClassRule
    public static final TemporaryFolder FOLDER =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    /** What assembly and sysprep change in this tree. */
    private static final List<String> CHANGED = List.of(
            "/boot/efi",
            "/boot/grub",
            "/etc/default/grub",
            "/etc/fstab",
            "/etc/group-",
            "/etc/gshadow",
            "/etc/passwd-",
            "/etc/shadow",
            "/etc/sysctl.d/99-imagewright",
            "/lost+found",
            "/root/.ssh",
            "/var/cache",
            "/var/lib/apt",
            "/var/lib/dpkg",
            "/var/log");

    private static Path tar = Path.of("unset");
    private static Path container = Path.of("unset");

    @BeforeClass
    public static void open() {
        tar = Path.of(Objects.requireNonNull(
                System.getProperty("imagewright.debianTree"),
                "Run examples/debian/make-tree.sh and set -Dimagewright.debianTree=<its tar>; ./test.sh does both."));
        container = FOLDER.getRoot().toPath().resolve("oci");
        GuestDisk.run("skopeo", "copy", "-q", "tarball:" + tar, "oci:" + container + ":debian");
    }

    /** Outputs by their formats. */
    private static Map<String, Path> build(String name, Path tree, Table table, Boot firmware, String... formats) {
        NewDisk disk = new NewDisk(table, List.of(firmware), null, 128 << 20, new NewDisk.FileSystem("ext4", "root"));
        // the login prompt is on the serial console
        ImageDescription description = Requests.without(
                ImageDescription.builder("guest", tree.toString())
                        .source(new Source(tree.toString(), null, List.of(), disk))
                        .shrink(null)
                        .formats(List.of(formats).stream().map(Format::of).toList())
                        .build(),
                "disable-serial-console");
        Path directory = FOLDER.getRoot().toPath().resolve(name);
        return ImageBuild.run(Requests.of(description, directory), ProgressListener.NONE).outputs().stream()
                .collect(Collectors.toMap(ImageBuildResult.Output::format, ImageBuildResult.Output::file));
    }

    private static void assertBoots(String name, Firmware firmware) {
        FinishedImage image = FinishedImage.open(FOLDER.getRoot().toPath().resolve(name), "guest", "1");
        BootSettings settings = new BootSettings(Duration.ofSeconds(900), "\\S+ login:", null, 768, 2, firmware);
        VerifyResult result = image.verify(new VerifyRequest(null, Trust.ANY, settings), ProgressListener.NONE);
        assertEquals(List.of(), result.findings());
        assertEquals(firmware, Objects.requireNonNull(result.booted()).firmware());
    }

    private static void assertSame(Path one, Path other) throws IOException {
        assertEquals(-1, Files.mismatch(one, other));
        Files.delete(other);
    }

    /** A container image with the same files is the same tree, so that the same bytes boot. */
    @Test
    public void mbrBootsByBios() throws IOException {
        Path ofTar = build("mbr", tar, Table.MBR, Boot.BIOS, "raw").get("raw");
        Path ofContainer = build("mbr2", container, Table.MBR, Boot.BIOS, "raw").get("raw");
        assertSame(Objects.requireNonNull(ofTar), Objects.requireNonNull(ofContainer));
        assertBoots("mbr", Firmware.BIOS);
    }

    @Test
    public void gptBootsByEfi_andGivesItsFilesBack() throws IOException {
        Map<String, Path> ofContainer = build("gpt", container, Table.GPT, Boot.EFI, "raw", "tar", "oci");
        Path ofTar = build("gpt2", tar, Table.GPT, Boot.EFI, "raw").get("raw");
        assertSame(Objects.requireNonNull(ofContainer.get("raw")), Objects.requireNonNull(ofTar));
        Map<String, String> given = files(Objects.requireNonNull(ofContainer.get("tar")));
        assertEquals(given, files(Objects.requireNonNull(ofContainer.get("oci"))));
        Map<String, String> before = files(tar);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(given.keySet());
        paths.removeIf(path -> Objects.equals(before.get(path), given.get(path))
                || CHANGED.stream().anyMatch(path::startsWith));
        assertEquals(
                "",
                paths.stream()
                        .limit(20)
                        .map(path -> path + ": " + before.get(path) + " -> " + given.get(path))
                        .collect(Collectors.joining("\n")));
        assertBoots("gpt", Firmware.UEFI);
    }

    /** What each file is, by its path. */
    private static Map<String, String> files(Path packed) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Map<Long, String> firstNames = new HashMap<>();
        Path work = FOLDER.newFolder().toPath();
        try (FileTree tree = TreeSource.open(packed, work, new ProcessExec(), done -> {})) {
            tree.forEach(member -> files.put(member.path().toString(), described(member, firstNames)));
        }
        return files;
    }

    private static String described(TreeMember member, Map<Long, String> firstNames) {
        boolean isDirectory = member.stat().isDirectory();
        String first = isDirectory
                ? ""
                : firstNames.computeIfAbsent(
                        member.stat().inode(), number -> member.path().toString());
        return String.join(
                " ",
                member.stat().type().name(),
                Integer.toOctalString(member.stat().permissions()),
                member.stat().owner() + ":" + member.stat().group(),
                // what is removed from a directory changes its time; no file is younger than the build
                isDirectory ? "" : String.valueOf(Math.min(member.stat().modified(), Requests.TIMESTAMP)),
                String.valueOf(isDirectory ? 0 : member.stat().size()),
                member.major() + "," + member.minor(),
                member.target().text(),
                new TreeMap<>(member.attributes()).toString(),
                first);
    }
}
