package io.imagewright.doctor;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.GuestDisk;
import io.imagewright.api.DoctorReport;
import io.imagewright.error.ImageException;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.ProcessExec;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class DoctorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void findsWhatTestsNeedAnyway_withVersions() {
        List<DoctorReport.Finding> findings = new Doctor(new ProcessExec()).examine();
        for (DoctorReport.Finding finding : findings) {
            assertTrue(finding.name() + ", package " + finding.debianPackage(), finding.found());
        }
        String dpkg = GuestDisk.run("dpkg-query", "-W", "-f", "${Version}", "e2fsprogs");
        String version = findings.get(0).version();
        assertTrue(version + " of " + dpkg, dpkg.startsWith(version));
    }

    @Test
    public void librariesAreFound_whateverTheArchitecture() throws Exception {
        Path lib = folder.newFolder("usr", "lib", "riscv64-linux-gnu").toPath().getParent();
        assertEquals(
                List.of(lib.resolve("riscv64-linux-gnu"), lib.resolveSibling("lib64"), lib),
                Doctor.libraryDirectories(List.of(lib, lib.resolve("none"))));
    }

    @Test
    public void aMissingProgramIsAFinding() {
        List<DoctorReport.Finding> findings = new Doctor(command -> {
                    if (command.argv().get(0).equals("e2image")) {
                        throw ImageException.of(ImageException.Kind.ENVIRONMENT, "no e2image", "", "");
                    }
                    return new ExecResult(0, "tool 1.2.3\n", "");
                })
                .examine();
        DoctorReport.Finding missing = findings.stream()
                .filter(finding -> finding.name().equals("e2image"))
                .findFirst()
                .orElseThrow();
        assertEquals(new DoctorReport.Finding("e2image", "", "the engine direct", "e2fsprogs", true), missing);
        assertEquals("1.2.3", findings.get(0).version());
    }
}
