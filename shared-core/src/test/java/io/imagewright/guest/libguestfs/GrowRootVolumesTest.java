package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.exec.Accelerator;
import io.imagewright.exec.ProcessExec;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/**
 * The program of growRoot on what only a machine's own root can have: a logical volume, on a disk with sectors of 4096 bytes, and in it an
 * ext4 that is mounted. All else is in GrowRootScriptTest.
 */
public class GrowRootVolumesTest {

    private static final String GPT = "label: gpt\\nstart=2048, size=8192, type=U\\nstart=10240\\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void ext4InALogicalVolumeGrows() throws IOException {
        Path unused = Files.write(folder.newFile().toPath(), new byte[1 << 16]);
        try (Appliance appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                ApplianceSettings.DEFAULT,
                Accelerator.find(new ProcessExec(), System.getenv()),
                List.of(new Drive(unused, true, "disk")),
                folder.newFolder().toPath(),
                LaunchListener.NONE)) {
            BashScript script = new BashScript().line("mkdir /run/grow").line("mount -t tmpfs tmpfs /run/grow");
            for (String name : List.of("grow-root-check.sh", "grow-root.sh")) {
                byte[] content = resource(name);
                script.line(BashScript.incoming(appliance.put(content), content.length) + " > /run/grow/" + name);
            }
            appliance.run(script);
            for (String when : List.of("now", "retry")) {
                assertGrows(appliance, when);
            }
        }
    }

    private static void assertGrows(Appliance appliance, String when) throws IOException {
        String arguments = Stream.of("sfdisk", GPT, "2", "lvm-ext4", "4096", when, "400M", "800M")
                .map(BashScript::word)
                .collect(Collectors.joining(" "));
        String output = appliance.run(new BashScript()
                .line("cd /run/grow && mkdir " + when)
                .line("unshare -m --propagation private sh grow-root-check.sh /run/grow/" + when
                        + "/disk.raw /run/grow/grow-root.sh " + arguments + " 2>&1"));
        List<Long> mebibytes = output.lines()
                .filter(line -> line.startsWith("run "))
                .map(line -> Long.parseLong(line.substring(4)) >> 10)
                .toList();
        assertEquals(output, 4, mebibytes.size());
        assertEquals(output, mebibytes.get(0), mebibytes.get(1));
        assertTrue(output, mebibytes.get(2) > mebibytes.get(1) + 380);
        assertEquals(output, mebibytes.get(2), mebibytes.get(3));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GrowRootVolumesTest.class.getResourceAsStream("/io/imagewright/customise/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
