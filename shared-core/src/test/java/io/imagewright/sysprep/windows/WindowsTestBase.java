package io.imagewright.sysprep.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Registry;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.hive.HiveValue;
import io.imagewright.sysprep.GuestTask;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** What an operation makes of a Windows. */
public abstract class WindowsTestBase {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    protected TestWindows windows = TestWindows.eleven();
    protected final List<String> warnings = new ArrayList<>();
    private MemoryGuest guest;

    protected MemoryGuest guest() {
        if (guest == null) {
            guest = windows.inMemory();
        }
        return guest;
    }

    protected Facts facts() {
        return Inspector.facts(guest(), List.of(), List.of(new Mount(GuestPath.ROOT, 2)), "gpt", new byte[512]);
    }

    /** Applies what the operation plans; a second run must find nothing left to do. */
    protected List<Change> apply(Operation operation) {
        return apply(operation, Map.of());
    }

    protected List<Change> apply(Operation operation, Map<String, String> parameters) {
        assertTrue(operation.appliesTo(facts()));
        List<Change> changes = operation.plan(context(operation, parameters));
        RegistryBatch.apply(guest(), List.of(), changes);
        assertEquals("a second run", List.of(), operation.plan(context(operation, parameters)));
        return changes;
    }

    protected OperationContext context(Operation operation, Map<String, String> parameters) {
        ParameterValues values = ParameterValues.of(Operations.of(List.of(operation)), parameters);
        Facts facts = facts();
        return new OperationContext() {
            @Override
            public GuestTree guest() {
                return WindowsTestBase.this.guest();
            }

            @Override
            public Facts facts() {
                return facts;
            }

            @Override
            public List<String> parameter(String name) {
                return values.value(name);
            }

            @Override
            public MediumContext surroundings() {
                return MediumContext.NONE;
            }

            @Override
            public void setUuid(Volume volume, String uuid) {
                throw new AssertionError("of " + volume);
            }

            @Override
            public void setLvmId(Volume volume, String id, String group) {
                throw new AssertionError("of " + volume);
            }

            @Override
            public void afterwards(GuestTask task) {
                throw new AssertionError(task.describe());
            }

            @Override
            public void warn(String message) {
                warnings.add(message);
            }
        };
    }

    /** A value of the registry in words; {@code none} when there is none. */
    protected String registry(String hive, String key, String name) {
        try (Registry registry = guest().registry()) {
            return registry.hive(GuestPath.of("/Windows/System32/config/" + hive))
                    .orElseThrow()
                    .value(key, name)
                    .map(HiveValue::describe)
                    .orElse("none");
        }
    }

    /** A file of this machine. */
    protected Path host(String name, String text) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
