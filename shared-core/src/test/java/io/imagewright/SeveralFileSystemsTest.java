package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** A guest whose /boot, /home and /var are partitions of their own: all are reached, checked and cleaned; the last one is shrunk. */
public class SeveralFileSystemsTest {

    private static final String ROOT = "11111111-2222-3333-4444-555555555555";
    private static final String VAR = "AAAAAAAA-0000-4000-8000-BBBBBBBBBBBB";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path tree = Path.of("unset");

    @Before
    public void makeTree() throws IOException {
        tree = GuestDisk.tree(folder.getRoot().toPath().resolve("guest"));
    }

    @Test
    public void gpt_byUuidLabelPartuuidAndPartlabel() throws IOException {
        fstab(
                "UUID=" + ROOT + " / ext4 defaults 0 1",
                "LABEL=BOOT /boot ext4 defaults 0 2",
                "PARTUUID=" + VAR.toLowerCase(java.util.Locale.ROOT) + " /var ext4 defaults 0 2",
                "PARTLABEL=home\\040of\\040all /home ext4 defaults 0 2");
        LaidOutDisk disk = disk().table(
                        512,
                        "label: gpt",
                        "start=1MiB, size=24MiB, type=L, name=boot",
                        "start=25MiB, size=32MiB, type=L, uuid=" + VAR,
                        "start=57MiB, size=24MiB, type=L, name=\"home of all\", attrs=\"GUID:60\"",
                        "start=81MiB, size=96MiB, type=L, name=root",
                        "start=177MiB, size=16MiB, type=S")
                .ext4(1, 24, apart("boot"), "-L", "BOOT")
                .ext4(25, 32, apart("var"))
                .ext4(57, 24, apart("home"))
                .ext4(81, 96, tree, "-U", ROOT)
                .swap(177, 16);
        prepared(disk, new Numbers(1, 2, 3, 4), Map.of("SWAP", "5:16"));
    }

    @Test
    public void msdos_byLabelKernelNamePartuuidAndUuid_logicalPartitions() throws IOException {
        fstab(
                "UUID=" + ROOT + " / ext4 defaults 0 1",
                "LABEL=BOOT /boot ext4 defaults 0 2",
                "/dev/sda5 /var ext4 defaults 0 2",
                "PARTUUID=12345678-06 /home ext4 defaults 0 2");
        LaidOutDisk disk = disk().table(
                        512,
                        "label: dos",
                        "label-id: 0x12345678",
                        "1 : start=1MiB, size=24MiB, type=83, bootable",
                        "2 : start=25MiB, size=170MiB, type=5",
                        "5 : start=26MiB, size=31MiB, type=83",
                        "6 : start=58MiB, size=23MiB, type=83",
                        "7 : start=82MiB, size=94MiB, type=83",
                        "8 : start=177MiB, size=16MiB, type=82")
                .ext4(1, 24, apart("boot"), "-L", "BOOT")
                .ext4(26, 31, apart("var"))
                .ext4(58, 23, apart("home"))
                .ext4(82, 94, tree, "-U", ROOT)
                .swap(177, 16);
        prepared(disk, new Numbers(1, 5, 6, 7), Map.of("SWAP", "8:16"));
    }

    /** Which partition is what. */
    private record Numbers(int boot, int var, int home, int root) {}

    private void prepared(LaidOutDisk disk, Numbers numbers, Map<String, String> properties) throws IOException {
        Map<Integer, RawDisk.Part> before = new RawDisk(disk.file(), 512).parts();
        ImageBuildResult result = ImageBuild.run(
                Requests.of(disk.file(), folder.getRoot().toPath().resolve("out"), "raw"), ProgressListener.NONE);
        properties.forEach((name, value) ->
                assertEquals(name, value, result.facts().properties().get(name)));
        assertEquals(
                "found in /boot", "6.1.0-1-amd64", result.facts().properties().get("KERNEL"));
        RawDisk built = new RawDisk(result.outputs().get(0).file(), 512);

        assertEquals(List.of(".", "..", "lost+found", "alice"), built.list(numbers.home(), "/"));
        assertFalse(built.list(numbers.home(), "/alice").contains(".bash_history"));
        assertFalse(built.list(numbers.var(), "/log").contains("syslog"));
        assertFalse(built.list(numbers.var(), "/cache/apt/archives").contains("x.deb"));
        assertFalse(built.list(numbers.var(), "/tmp").contains("rubbish"));
        assertFalse(built.list(numbers.root(), "/root").contains(".bash_history"));
        assertFalse(built.list(numbers.root(), "/tmp").contains("rubbish"));
        assertEquals("CONFIG=y\n", built.cat(numbers.boot(), "/config-6.1.0-1-amd64"));

        Map<Integer, RawDisk.Part> after = built.parts();
        for (int number : List.of(numbers.boot(), numbers.var(), numbers.home())) {
            assertEquals("only the last one is shrunk", before.get(number), after.get(number));
        }
        for (int number : List.of(numbers.boot(), numbers.var(), numbers.home(), numbers.root())) {
            built.requireClean(number, folder.getRoot().toPath().resolve("part" + number));
        }
        RawDisk.Part root = after.get(numbers.root());
        assertEquals(before.get(numbers.root()).withoutLength(), root.withoutLength());
        assertTrue(
                root + " is small", root.sectors() < before.get(numbers.root()).sectors() / 2);
        assertEquals(
                "it ends 1 MiB behind its last partition", (root.start() + root.sectors() + 2048) * 512, built.size());
        assertEquals(label(disk.file()), label(built.file()));
        assertFalse("swap is gone", after.containsKey(8) || after.containsKey(numbers.root() + 1));
    }

    private LaidOutDisk disk() throws IOException {
        return new LaidOutDisk(folder.getRoot().toPath().resolve("disk.raw"), 200);
    }

    private void fstab(String... lines) throws IOException {
        Files.writeString(tree.resolve("etc/fstab"), String.join("\n", lines) + "\n");
    }

    /** Takes a directory's files out of the root's tree; the mount point stays. */
    private Path apart(String name) throws IOException {
        Path apart = tree.resolveSibling(name);
        Files.move(tree.resolve(name), apart);
        Files.createDirectory(tree.resolve(name));
        return apart;
    }

    private static String label(Path disk) {
        return GuestDisk.shell("sfdisk -d \"$1\" | grep ^label", disk);
    }
}
