package io.imagewright.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class AcceleratorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<Command> run = new ArrayList<>();
    private Path device;
    private Path memory;

    @Before
    public void makeDevice() throws IOException {
        device = folder.newFile("kvm").toPath();
        memory = folder.getRoot().toPath().resolve("cache/kvm");
    }

    private Exec ending(int exitCode) {
        return command -> {
            run.add(command);
            return new ExecResult(exitCode, "", "");
        };
    }

    @Test
    public void withoutADevice_nothingIsTried() {
        assertEquals(Accelerator.TCG, Accelerator.find(ending(33), Path.of("/nowhere"), memory));
        assertEquals(List.of(), run);
    }

    @Test
    public void aGuestThatSaysItsWord_isKvm_andIsAskedOnce() {
        assertEquals(Accelerator.KVM, Accelerator.find(ending(33), device, memory));
        assertEquals(Accelerator.KVM, Accelerator.find(ending(1), device, memory));
        assertEquals(1, run.size());
        assertTrue(run.get(0).argv().contains("kvm"));
    }

    @Test
    public void anythingElse_isNot_andIsRemembered() {
        assertEquals(Accelerator.TCG, Accelerator.find(ending(1), device, memory));
        assertEquals(Accelerator.TCG, Accelerator.find(ending(33), device, memory));
        assertEquals(1, run.size());
    }

    @Test
    public void aGuestThatHangs_isNot() {
        Exec hanging = command -> {
            assertTrue(command.limits().time().toSeconds() <= 5);
            throw ImageException.of(ImageException.Kind.ENVIRONMENT, "qemu was stopped", "time", "");
        };
        assertEquals(Accelerator.TCG, Accelerator.find(hanging, device, memory));
    }

    @Test
    public void whatAnotherBootFound_doesNotCount() throws IOException {
        Files.createDirectories(memory.getParent());
        Files.writeString(memory, "00000000-0000-0000-0000-000000000000 TCG\n");
        assertEquals(Accelerator.KVM, Accelerator.find(ending(33), device, memory));
    }

    /** The guest itself, on the real qemu: emulated it says its word as it would on KVM. */
    @Test
    public void theTinyGuestRuns() throws IOException {
        List<String> ended = new ArrayList<>();
        Exec emulated = command -> {
            List<String> argv = new ArrayList<>(command.argv());
            argv.set(argv.indexOf("kvm"), "tcg");
            ExecResult result = new ProcessExec().run(new Command(argv, command.environment(), command.limits()));
            ended.add(result.exitCode() + result.stderr());
            return result;
        };
        assertEquals(ended.toString(), Accelerator.KVM, Accelerator.find(emulated, device, memory));
        assertFalse(ended.isEmpty());
    }
}
