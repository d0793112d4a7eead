package io.imagewright.api;

import java.util.List;

import io.imagewright.api.ImagePlan.OperationPlan;
import io.imagewright.api.ImagePlan.PlannedChange;
import io.imagewright.guest.inspect.Facts;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class PlanTextTest {

    private static final ImagePlan PLAN = new ImagePlan(
            new Facts(
                    "linux",
                    "debian",
                    "Debian GNU/Linux 12",
                    "12",
                    List.of(),
                    List.of(),
                    java.util.Map.of(),
                    List.of()),
            8L << 30,
            List.of(
                    new OperationPlan(
                            "cleanup-log",
                            "",
                            12,
                            2048,
                            List.of(
                                    new PlannedChange("/var/log/a", "truncate to 0 bytes"),
                                    new PlannedChange("/etc/b", "write 2 bytes", List.of("-old", "+new")))),
                    new OperationPlan("yum-uuid", "", 0, 0, List.of()),
                    new OperationPlan("rpm-db", "", 0, 0, List.of()),
                    new OperationPlan("lvm-uuids", "there is no LVM", 0, 0, List.of()),
                    new OperationPlan(
                            "customise[0].write", "", 0, 5, List.of(new PlannedChange("/etc/c", "write 5 bytes")))),
            "partition 1 becomes as small as its content allows",
            List.of("web-1.qcow2"),
            List.of());

    @Test
    public void beginsWithNumbers_showsEdits_andTakesOneLineForWhatIsIdle() {
        assertEquals(
                List.of(
                        "Image web: Debian GNU/Linux 12, 8.0 GiB",
                        "  2 operations with 3 changes: 12 files deleted or emptied (2.0 KiB), 5 B written",
                        "  cleanup-log: 2 changes, 2.0 KiB removed",
                        "      /var/log/a: truncate to 0 bytes",
                        "      /etc/b: write 2 bytes",
                        "        -old",
                        "        +new",
                        "  lvm-uuids: skipped, there is no LVM",
                        "  customise[0].write: 1 change, 5 B written",
                        "      /etc/c: write 5 bytes",
                        "  nothing to do: yum-uuid, rpm-db",
                        "  shrink: partition 1 becomes as small as its content allows",
                        "  files: web-1.qcow2"),
                PLAN.lines("web"));
    }
}
