package io.imagewright;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.api.ImageInspection;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/** The worker's memory is small; a list of packages may be longer. */
public class LongPackageListTest {

    private static final long LENGTH = 100 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aListOf100MiB_isReadInTheWorker() throws IOException {
        Path directory = folder.getRoot().toPath().resolve("guest");
        GuestDisk guest = new GuestDisk(directory, "gpt", 160)
                .file("etc/os-release", "ID=ubuntu\nVERSION_ID=22.04\nPRETTY_NAME=Ubuntu\n")
                .file("var/lib/dpkg/status", "");
        long length = 0;
        try (BufferedWriter list = Files.newBufferedWriter(directory.resolve("tree/var/lib/dpkg/status"))) {
            for (int i = 0; length < LENGTH; i++) {
                String paragraph =
                        "Package: p" + i + "\nStatus: install ok installed\nVersion: 1\nDescription: it has\n"
                                + " quite some words\n".repeat(50) + "\n";
                list.write(paragraph);
                length += paragraph.length();
            }
            list.write("Package: kubuntu-desktop\nStatus: install ok installed\nVersion: 1\n");
        }
        ImageInspection inspection = ImageBuild.inspect(
                Requests.of(guest.write(), folder.getRoot().toPath().resolve("out"), "qcow2"), ProgressListener.NONE);
        assertEquals("kubuntu", inspection.facts().properties().get("OS"));
        assertEquals(List.of(), inspection.facts().warnings());
    }
}
