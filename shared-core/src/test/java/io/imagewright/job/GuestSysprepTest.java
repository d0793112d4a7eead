package io.imagewright.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.Steps;
import io.imagewright.spec.ImageDescription;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.SysprepResult;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class GuestSysprepTest {

    @Test
    public void operationsThatDoNotApplyAreNamed_andTheUsersOwnChoiceIsAWarning() {
        GuestJob job = enabling("machine-id");
        Facts facts = new Facts("freebsd", "freebsd", "FreeBSD 14", "14", List.of(), List.of(), Map.of(), List.of());
        List<ProgressEvent> events = new ArrayList<>();
        new GuestSysprep(job)
                .plan(MemoryGuest.of(tree -> tree.dir("/etc")), facts, MediumContext.NONE, new Steps(events::add));

        List<ProgressEvent> skipped = events.stream()
                .filter(event -> event instanceof ProgressEvent.StepSkipped)
                .toList();
        assertEquals(events.toString(), 1, skipped.size());
        ProgressEvent.StepSkipped line = (ProgressEvent.StepSkipped) skipped.get(0);
        assertTrue(line.step(), line.step().startsWith("operations "));
        assertTrue(line.step(), line.step().contains("remove-swap-entry"));
        assertEquals("they do not apply to FreeBSD 14", line.reason());
        assertTrue(
                events.toString(),
                events.contains(new ProgressEvent.Warning(
                        "The operation clear-local-machine-id-configuration-file, which is enabled by name, does not"
                                + " apply to FreeBSD 14.")));
    }

    @Test
    public void operationsOfAnotherSystem_areNamedOnlyWhereTheUserAsksForThem() {
        GuestJob job = enabling("utc");
        Facts facts = new Facts("linux", "x", "X Linux", "1", List.of(), List.of(), Map.of(), List.of());
        List<ProgressEvent> events = new ArrayList<>();
        GuestSysprep sysprep = new GuestSysprep(job);
        SysprepResult result = sysprep.plan(
                MemoryGuest.of(tree -> tree.dir("/etc")), facts, MediumContext.NONE, new Steps(events::add));
        assertTrue(
                events.toString(),
                events.stream().noneMatch(event -> event.toString().contains("clear-logs")));
        assertTrue(
                events.toString(),
                events.contains(new ProgressEvent.Warning(
                        "The operation utc, which is enabled by name, does not apply to X Linux.")));
        assertTrue(result.operations().stream().noneMatch(done -> done.name().equals("clear-logs")));
        assertTrue(sysprep.operations(facts).stream()
                .noneMatch(known -> known.name().equals("microsoft-sysprep")));
    }

    private static GuestJob enabling(String operation) {
        Path none = Path.of("none");
        ImageDescription description = ImageDescription.builder("guest", "none")
                .sysprep(new ImageDescription.Sysprep(List.of(operation), List.of(), Map.of()))
                .build();
        return new GuestJob(
                GuestJob.Purpose.PLAN,
                description,
                ParameterValues.of(Operations.load(GuestSysprepTest.class.getClassLoader()), Map.of())
                        .values(),
                new GuestJob.Directories(none, none, none),
                GuestJob.Outputs.NONE,
                ApplianceSettings.DEFAULT,
                Credentials.NONE,
                false,
                null);
    }
}
