package io.imagewright.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.api.ImageInspection;
import io.imagewright.api.ImageInspection.OperationInfo;
import io.imagewright.api.ImageInspection.ParameterInfo;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class InspectionOutputTest {

    private static final ImageInspection INSPECTION = new ImageInspection(
            List.of(new ImageInspection.DiskInfo("disk.raw", "raw", 64 << 20, "gpt")),
            new Facts(
                    "linux",
                    "debian",
                    "Debian GNU/Linux 12",
                    "12",
                    List.of(new Volume(1, "ext4", "uuid", "", "", "", 1 << 20, 62 << 20)),
                    List.of(new Mount(GuestPath.of("/"), 1)),
                    Map.of("OSFAMILY", "linux", "KERNEL", "6.1"),
                    List.of("Something is odd.")),
            List.of(
                    new OperationInfo("cleanup-log", List.of("logfiles"), "Empties logs.", true, true),
                    new OperationInfo("fix-acpid", List.of(), "Fixes acpid.", true, false),
                    new OperationInfo("cleanup-mail", List.of(), "Deletes mail.", false, true)),
            List.of(new ParameterInfo("bootmenu_timeout", "Seconds.", "posint", "10", "3")),
            List.of(Message.of("Something is odd."), Message.of("A mount is odd, see ", SettingName.ENGINE, ".")));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void jsonOfOneImageIsAnObject() throws IOException {
        JsonNode json = new ObjectMapper().readTree(json(INSPECTION.document("web")));
        assertEquals("web", json.at("/name").asText());
        assertEquals(64 << 20, json.at("/size").asLong());
        assertEquals("/", json.at("/mounts/0/point").asText());
        assertEquals("", json.at("/rootGrowth").asText("missing"));
        assertEquals("6.1", json.at("/properties/KERNEL").asText());
        assertEquals("logfiles", json.at("/operations/0/aliases/0").asText());
        assertEquals("10", json.at("/parameters/0/default").asText());
        assertEquals("3", json.at("/parameters/0/value").asText());
        assertEquals("A mount is odd, see engine.", json.at("/warnings/1").asText());
    }

    @Test
    public void jsonOfSeveralImagesIsAnArray() throws IOException {
        JsonNode json = new ObjectMapper().readTree(json(INSPECTION.document("web"), INSPECTION.document("db")));
        assertEquals("db", json.at("/1/name").asText());
    }

    @Test
    public void textListsWhatWouldRunAndTheReasonWhatWouldNot() {
        assertEquals("""
                Image web: Debian GNU/Linux 12
                  size 64.0 MiB, partition table gpt
                  partition 1: ext4, 62.0 MiB, mounted on /
                  nothing grows the root file system at boot
                Properties:
                  KERNEL = 6.1
                  OSFAMILY = linux
                Operations that would run:
                  cleanup-log
                      Empties logs.
                Operations that would not run:
                  fix-acpid (not for this guest)
                      Fixes acpid.
                  cleanup-mail (disabled)
                      Deletes mail.
                Parameters:
                  bootmenu_timeout (posint, default '10') = '3'
                      Seconds.
                Warning: Something is odd.
                Warning: A mount is odd, see image.engine.""", String.join("\n", INSPECTION.lines("web", MavenWording.INSTANCE)));
    }

    @Test
    public void severalDisksAreDistinguished() throws IOException {
        ImageInspection inspection = new ImageInspection(
                List.of(INSPECTION.disks().get(0), new ImageInspection.DiskInfo("data.vmdk", "vmdk", 32 << 20, "none")),
                new Facts(
                        "linux",
                        "debian",
                        "Debian",
                        "12",
                        List.of(
                                new Volume(1, "ext4", "uuid", "", "", "", 1 << 20, 62 << 20),
                                new Volume(Volume.number(1, 0), "ext4", "uuid", "", "", "", 0, 32 << 20)),
                        List.of(new Mount(GuestPath.of("/"), 1), new Mount(GuestPath.of("/home"), Volume.number(1, 0))),
                        Map.of(),
                        List.of()),
                List.of(),
                List.of(),
                List.of());
        assertEquals("""
                Image web: Debian
                  disk 1 (disk.raw): size 64.0 MiB, partition table gpt
                  disk 2 (data.vmdk): size 32.0 MiB, partition table none
                  partition 1: ext4, 62.0 MiB, mounted on /
                  the whole of disk 2: ext4, 32.0 MiB, mounted on /home
                  nothing grows the root file system at boot""", String.join("\n", inspection.lines("web", MavenWording.INSTANCE)));
        JsonNode json = new ObjectMapper().readTree(json(inspection.document("web")));
        assertEquals("vmdk", json.at("/disks/1/format").asText());
        assertEquals(
                "{\"point\":\"/home\",\"disk\":2,\"partition\":0}",
                json.at("/mounts/1").toString());
        assertEquals(1, json.at("/volumes/0/disk").asInt());
    }

    @SafeVarargs
    private final String json(Map<String, Object>... documents) throws IOException {
        Path file = folder.getRoot().toPath().resolve("answer.json");
        new ResultOutput(new SystemStreamLog(), file).answer(OutputKind.JSON, List.of(), List.of(documents));
        return Files.readString(file);
    }

    @Test
    public void fileIsWrittenWholeAndReplaced() throws IOException {
        Path file = folder.getRoot().toPath().resolve("deep/result.json");
        ResultOutput output = new ResultOutput(new SystemStreamLog(), file);
        output.document("old\n");
        output.document("{}\n");
        assertEquals("{}\n", Files.readString(file));
        assertArrayEquals(
                new String[] {"result.json"}, file.getParent().toFile().list());
        output.lines(List.of("a", "b"));
        assertTrue(Files.readString(file).equals("a\nb\n"));
    }
}
