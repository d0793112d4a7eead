package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;

import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/** The worker's memory is small; the longest list of packages that is read must fit. */
public class LongPackageListTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aListAtTheLimit_isReadInTheWorker() throws IOException {
        String last = "\n\nPackage: kubuntu-desktop\nStatus: install ok installed\nVersion: 1\n";
        StringBuilder list = new StringBuilder();
        for (int i = 0; list.length() < (24 << 20) - 500; i++) {
            list.append("Package: p")
                    .append(i)
                    .append("\nStatus: install ok installed\nVersion: 1\nDescription: a package with\n")
                    .append(" quite some words\n".repeat(6))
                    .append('\n');
        }
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "gpt", 128)
                .file("etc/os-release", "ID=ubuntu\nVERSION_ID=22.04\nPRETTY_NAME=Ubuntu\n")
                .file("var/lib/dpkg/status", list + last)
                .write();
        ImageInspection inspection = ImageBuild.inspect(
                Requests.of(disk, folder.getRoot().toPath().resolve("out"), "qcow2"), ProgressListener.NONE);
        assertEquals("kubuntu", inspection.facts().properties().get("OS"));
    }
}
