package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** The same build with either engine gives the same guest: files, facts and manifest, but for times and what depends on them. */
public class BothEnginesTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static GuestDisk guest;
    private static ImageBuildResult direct;
    private static ImageBuildResult libguestfs;
    private static final List<ProgressEvent> EVENTS = new ArrayList<>();

    @BeforeClass
    public static void buildWithBoth() throws IOException {
        guest = new GuestDisk(FOLDER.getRoot().toPath().resolve("guest"), "gpt", 96);
        Path disk = guest.mke2fs("-O", "^has_journal")
                .file("usr/lib/systemd/systemd", "ELF")
                .file("usr/sbin/sshd", "ELF")
                .file("usr/bin/ssh-keygen", "ELF")
                .file("srv/b\u00f6se datei", "a name that is no UTF-8")
                .debugfs("set_inode_field /usr/sbin/sshd mode 0104755")
                .debugfs("set_inode_field /var/log/syslog uid 104")
                .debugfs("ea_set /usr/bin/true security.selinux system_u:object_r:bin_t:s0\\000")
                .write();
        direct = build(disk, "direct", EngineChoice.DIRECT);
        libguestfs = build(disk, "libguestfs", EngineChoice.LIBGUESTFS);
    }

    private static ImageBuildResult build(Path disk, String name, EngineChoice engine) {
        return ImageBuild.run(
                Requests.of(
                        Requests.with(Requests.description(disk, "raw"), engine),
                        FOLDER.getRoot().toPath().resolve(name)),
                EVENTS::add);
    }

    @Test
    public void theSameFiles() {
        assertEquals(files(direct), files(libguestfs));
        assertFalse(files(libguestfs).containsKey("/etc/ssh/ssh_host_ed25519_key"));
    }

    @Test
    public void theSameManifest_butForDigestsSizesAndTools() throws IOException {
        ImageManifest one = manifest(direct);
        ImageManifest other = manifest(libguestfs);
        assertEquals(one.facts(), other.facts());
        assertEquals(one.properties(), other.properties());
        assertEquals(one.operations(), other.operations());
        assertEquals(one.source(), other.source());
        assertTrue(other.tools().containsKey("libguestfs"));
        assertFalse(one.tools().containsKey("libguestfs"));
    }

    @Test
    public void oneApplianceStarts_andTheLogSaysWhy() {
        List<String> started = EVENTS.stream()
                .filter(event -> event instanceof ProgressEvent.StepEnded ended
                        && ended.step().equals("appliance"))
                .map(event -> ((ProgressEvent.StepEnded) event).detail())
                .toList();
        assertEquals(started.toString(), 1, started.size());
        assertTrue(started.get(0), started.get(0).startsWith("engine libguestfs, as it is asked for"));
    }

    @Test
    public void aFileSystemWithoutJournalGetsNone() {
        for (ImageBuildResult result : List.of(direct, libguestfs)) {
            String features = GuestDisk.shell(
                    "dumpe2fs -h \"$1?offset=$2\" 2> /dev/null | grep features",
                    result.outputs().get(0).file(),
                    guest.rootOffset());
            assertFalse(features, features.contains("has_journal"));
        }
    }

    private static ImageManifest manifest(ImageBuildResult result) throws IOException {
        return ManifestFile.read(result.manifest());
    }

    /** Everything of a file but its times. */
    private static Map<String, String> files(ImageBuildResult result) {
        Path disk = result.outputs().get(0).file();
        ExtTools engine = new ExtTools(new ProcessExec(), Requests.TIMESTAMP);
        GuestDisk.run("e2fsck", "-fn", disk + "?offset=" + guest.rootOffset());
        Map<String, String> files = new TreeMap<>();
        try (Guest tree =
                engine.open(Map.of(GuestPath.ROOT, new VolumeFile(disk, guest.rootOffset(), "the root")), false)) {
            for (Entry entry : tree.walk(GuestPath.ROOT)) {
                FileStat stat = entry.stat();
                String content = stat.isRegular()
                        ? tree.read(List.of(entry.path()), 1 << 24).toString()
                        : tree.readLink(entry.path()).toString();
                files.put(
                        entry.path().toString(),
                        stat.type() + " " + Integer.toOctalString(stat.permissions()) + " " + stat.owner() + ":"
                                + stat.group() + " " + (stat.isDirectory() ? "" : stat.size() + " " + stat.links())
                                + " "
                                + tree.xattrs(entry.path()) + " " + content);
            }
        }
        return files;
    }
}
