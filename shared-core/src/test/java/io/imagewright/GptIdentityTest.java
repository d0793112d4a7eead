package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What identifies a GPT disk and its partitions, and what boots it, comes through a whole build; the backup is at every output's end. */
public class GptIdentityTest {

    private static final int MIB = 1 << 20;
    private static final int ROOT = 5;

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Path source = Path.of("unset");
    private static ImageBuildResult result;

    @BeforeClass
    public static void build() throws IOException {
        Path folder = FOLDER.getRoot().toPath();
        LaidOutDisk disk = new LaidOutDisk(folder.resolve("disk.raw"), 160);
        // one run: sgdisk sleeps for a second after each
        GuestDisk.run(
                "sgdisk",
                "-U",
                "D15C0000-1111-4222-8333-444455556666",
                "-n1:2048:4095",
                "-t1:EF02",
                "-c1:BIOS boot",
                "-u1:00000001-AAAA-4BBB-8CCC-DDDDDDDDDDDD",
                "-A1:set:2",
                "-n2:4096:+40M",
                "-t2:EF00",
                "-c2:EFI system",
                "-u2:00000002-AAAA-4BBB-8CCC-DDDDDDDDDDDD",
                "-A2:set:0",
                "-A2:set:1",
                "-n5:120M:150M",
                "-t5:8304",
                "-c5:root \u00e4\u4e2d",
                "-u5:00000005-AAAA-4BBB-8CCC-DDDDDDDDDDDD",
                "-A5:set:59",
                "-A5:set:60",
                "-A5:set:63",
                disk.file().toString());
        Path tree = GuestDisk.tree(folder.resolve("guest"));
        source = disk.fat(2, 40, 512)
                .put(1, noise(1, MIB))
                .ext4(120, 30, tree, "-U", "11111111-2222-3333-4444-555555555555")
                .file();
        GuestDisk.put(source, 0, noise(2, 440)); // boot code
        GuestDisk.put(source, 34 * 512, noise(3, 2014 * 512)); // between the table and the first partition
        result = ImageBuild.run(
                Requests.of(source, folder.resolve("out"), "raw", "diskdump", "qcow2"), ProgressListener.NONE);
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static RawDisk raw(ImageBuildResult.Output output) throws IOException {
        return RawDisk.of(output, 512, Files.createTempFile(FOLDER.getRoot().toPath(), output.format(), ".check"));
    }

    private static RawDisk raw() throws IOException {
        return raw(result.outputs().get(0));
    }

    @Test
    public void keepsTypeGuidNameAndAttributesOfEachPartition() throws IOException {
        for (int number : new int[] {1, 2}) {
            assertEquals(entry(source, number), entry(raw().file(), number));
        }
        String length = "Last sector.*|Partition size.*";
        assertEquals(
                entry(source, ROOT).replaceAll(length, ""),
                entry(raw().file(), ROOT).replaceAll(length, ""));
        assertTrue("root is smaller", raw().parts().get(ROOT).sectors() < 30 * 2048);
    }

    private static String entry(Path disk, int number) {
        return GuestDisk.run("sgdisk", "-i", Integer.toString(number), disk.toString());
    }

    @Test
    public void keepsTheGuidOfTheDisk() throws IOException {
        String table = GuestDisk.run("sgdisk", "-p", raw().file().toString());
        assertTrue(table, table.contains("Disk identifier (GUID): D15C0000-1111-4222-8333-444455556666"));
    }

    @Test
    public void hasASoundTableWithItsBackupAtTheVeryEnd_everyOutput() throws IOException {
        for (ImageBuildResult.Output output : result.outputs()) {
            RawDisk disk = raw(output);
            verified(disk);
            assertEquals(output.format(), output.virtualSize(), disk.size());
        }
    }

    @Test
    public void hasItsBackupAtTheVeryEnd_whenASizeIsAskedFor() throws IOException {
        ImageDescription plain = Requests.description(source, "raw");
        ImageDescription larger = plain.toBuilder().size(300L * MIB).build();
        ImageBuildResult built =
                ImageBuild.run(Requests.of(larger, FOLDER.getRoot().toPath().resolve("larger")), ProgressListener.NONE);
        RawDisk disk = new RawDisk(built.outputs().get(0).file(), 512);
        assertEquals(300L * MIB, disk.size());
        verified(disk);
        assertEquals(raw().parts(), disk.parts());
    }

    private static void verified(RawDisk disk) throws IOException {
        String verdict = GuestDisk.run("sgdisk", "-v", disk.file().toString());
        assertTrue(verdict, verdict.contains("No problems found"));
        assertEquals("EFI PART", new String(disk.bytes(disk.size() - 512, 8), StandardCharsets.US_ASCII));
    }

    @Test
    public void keepsWhatBootsTheDisk() throws IOException {
        RawDisk disk = raw();
        assertArrayEquals("boot code", noise(2, 440), disk.bytes(0, 440));
        assertArrayEquals("gap", noise(3, 2014 * 512), disk.bytes(34 * 512, 2014 * 512));
        assertArrayEquals("BIOS boot partition", noise(1, MIB), disk.bytes(MIB, MIB));
        assertEquals("loader\n", GuestDisk.run("mtype", "-i", disk.file() + "@@" + 2 * MIB, "::/EFI.TXT"));
    }

    @Test
    public void keepsTheManifestInStepWithTheTable() throws IOException {
        String manifest = Files.readString(result.manifest());
        for (Map.Entry<Integer, RawDisk.Part> part : raw().parts().entrySet()) {
            String guid = part.getValue().uuid();
            assertTrue(manifest, manifest.contains(guid));
            assertTrue(
                    manifest, manifest.contains("\"size\": " + part.getValue().sectors() * 512));
        }
        raw().requireClean(ROOT, FOLDER.getRoot().toPath().resolve("root"));
    }
}
