package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImagePlan;
import io.imagewright.guest.TestWindows;
import io.imagewright.hive.Hive;
import io.imagewright.hive.HiveValue;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** A whole build of a Windows. It lies on ext4, as the engine direct knows no NTFS; the rest of the way is the same. */
public class WindowsBuildTest {

    private static final long MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;

    @Before
    public void makeDisk() throws IOException {
        Path tree = TestWindows.eleven()
                .file("/pagefile.sys", "SECRET-PAGE")
                .file("/Windows/System32/winevt/Logs/System.evtx", "SECRET-LOG")
                .write(folder.newFolder("tree").toPath());
        disk = folder.getRoot().toPath().resolve("disk.raw");
        GuestDisk.shell("truncate -s 50M \"$1\" && echo 'start=2048, type=7, bootable' | sfdisk -q \"$1\"", disk);
        GuestDisk.run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-E",
                "root_owner=0:0,offset=" + MIB,
                "-d",
                tree.toString(),
                disk.toString(),
                "48M");
    }

    private ImageBuildRequest request(String out) {
        ImageDescription described = Requests.description(disk, "raw");
        ImageDescription description = described.toBuilder()
                .customise(List.of(new ImageDescription.Action("hostname", Map.of("name", "WEB-1"))))
                .build();
        return Requests.of(description, folder.getRoot().toPath().resolve(out));
    }

    @Test
    public void planAndBuildAreTheSame_andTwoBuildsHaveTheSameBytes() throws Exception {
        ImagePlan plan = ImageBuild.plan(request("one"), ProgressListener.NONE);
        ImageBuildResult result = ImageBuild.run(request("one"), ProgressListener.NONE);
        assertEquals(
                plan.operations().stream()
                        .map(operation -> operation.name() + operation.changes().size())
                        .toList(),
                result.operations().stream()
                        .map(operation -> operation.name() + operation.changes())
                        .toList());
        assertTrue(plan.operations().stream()
                .flatMap(operation -> operation.changes().stream())
                .anyMatch(change -> change.change().equals("set HKLM\\SYSTEM\\Setup\\SetupType to dword 2")));
        assertTrue(plan.operations().stream()
                .noneMatch(operation -> operation.name().equals("cleanup-tmp")));
        assertEquals("Windows 11 Pro", plan.facts().product());

        Path image = result.outputs().get(0).file();
        Path hive = folder.getRoot().toPath().resolve("SYSTEM");
        GuestDisk.run("debugfs", "-R", "dump /Windows/System32/config/SYSTEM " + hive, image + "?offset=" + MIB);
        try (var content = Files.newInputStream(hive);
                Hive system = Hive.open(content, Files.size(hive), "SYSTEM")) {
            assertEquals("dword 2", value(system, "Setup", "SetupType"));
            assertEquals("\"WEB-1\"", value(system, "CurrentControlSet\\Services\\Tcpip\\Parameters", "Hostname"));
            assertEquals(
                    "dword 1", value(system, "CurrentControlSet\\Control\\TimeZoneInformation", "RealTimeIsUniversal"));
        }
        assertFalse(new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1).contains("SECRET-"));

        Path second = ImageBuild.run(request("two"), ProgressListener.NONE)
                .outputs()
                .get(0)
                .file();
        assertEquals(-1, Files.mismatch(image, second));
    }

    private static String value(Hive hive, String key, String name) {
        return hive.value(key, name).map(HiveValue::describe).orElse("none");
    }
}
