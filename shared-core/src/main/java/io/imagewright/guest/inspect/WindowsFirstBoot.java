package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;

/**
 * What a Windows does once, at its first boot, as SYSTEM and before anybody can log in: scripts, in the order of their names.
 *
 * <p>Windows runs {@code HKLM\SYSTEM\Setup\CmdLine} before its log-on screen when {@code SetupType} is 2: see Microsoft's KB 939857, and for
 * the numbers the TechNet thread "SetupType and CmdLine at HKEY_LOCAL_MACHINE\System\Setup". A Windows that Microsoft's sysprep has
 * generalised uses these values itself; there the scripts are called by SetupComplete.cmd, at the end of its setup.
 */
public final class WindowsFirstBoot {

    private static final String DIRECTORY = "Imagewright";
    private static final String DRIVER = DIRECTORY + "/firstboot.cmd";
    private static final String SCRIPTS = DIRECTORY + "/firstboot.d";
    private static final String LAST = DIRECTORY + "/last.cmd";
    private static final String SETUP_COMPLETE = "Setup/Scripts/SetupComplete.cmd";
    private static final String SETUP = "Setup";
    private static final int LIMIT = 1 << 20;

    /** %1$s: the commands that give the registry its values back. */
    private static final String DRIVER_TEXT = """
            @echo off
            rem Runs once, before anybody can log in. A script that has run is deleted, at the end all of this directory.
            set "FIRSTBOOT_LOG=%%SystemRoot%%\\Temp\\imagewright-firstboot.log"
            for %%%%s in ("%%SystemRoot%%\\Imagewright\\firstboot.d\\*.cmd") do (
              echo %%%%~nxs>> "%%FIRSTBOOT_LOG%%"
              call "%%%%s" >> "%%FIRSTBOOT_LOG%%" 2>&1
              del "%%%%s"
            )
            %1$sif exist "%%SystemRoot%%\\Imagewright\\last.cmd" move /y "%%SystemRoot%%\\Imagewright\\last.cmd" \
            "%%SystemRoot%%\\Temp\\imagewright-last.cmd" > nul
            cd /d "%%SystemRoot%%"
            (goto) 2>nul & rd /s /q "%%SystemRoot%%\\Imagewright" & if exist "%%SystemRoot%%\\Temp\\imagewright-last.cmd" \
            call "%%SystemRoot%%\\Temp\\imagewright-last.cmd" >> "%%FIRSTBOOT_LOG%%" 2>&1
            """;

    private final WindowsSystem system;
    private final GuestTree tree;

    /** @param tree of this system, with all changes made so far */
    public WindowsFirstBoot(WindowsSystem system, GuestTree tree) {
        this.system = system;
        this.tree = tree;
    }

    /**
     * The changes that make the first boot run a script.
     *
     * @param name lower-case letters, digits and hyphens; an earlier script of the same name is replaced
     * @param commands lines of a batch file, which end in LF
     */
    public List<Change> script(String name, String commands) {
        return with(SCRIPTS + "/" + name + ".cmd", "@echo off\n" + commands);
    }

    /** The same for the one command that comes after all scripts, when the registry has its values back and the scripts are gone. */
    public List<Change> last(String command) {
        return with(LAST, "@echo off\n" + command + "\n(goto) 2>nul & del \"%~f0\"\n");
    }

    /** Names of the scripts that are there, without their ending. */
    public List<String> scripts() {
        return tree.list(system.place(SCRIPTS)).stream()
                .map(entry -> entry.path().name())
                .filter(name -> name.endsWith(".cmd"))
                .map(name -> name.substring(0, name.length() - ".cmd".length()))
                .toList();
    }

    private List<Change> with(String file, String text) {
        List<Change> changes = new ArrayList<>();
        directory(DIRECTORY, changes);
        directory(SCRIPTS, changes);
        hook(changes);
        write(file, text, changes);
        return changes;
    }

    private void hook(List<Change> changes) {
        if (tree.stat(system.place(DRIVER)).isPresent()) {
            return;
        }
        Optional<HiveValue> type = system.system(SETUP, "SetupType");
        boolean inSetup = system.isGeneralised()
                || type.filter(value -> value.number().orElse(0) != 0).isPresent();
        if (inSetup) {
            write(DRIVER, DRIVER_TEXT.formatted(""), changes);
            setupComplete(changes);
            return;
        }
        write(DRIVER, DRIVER_TEXT.formatted(restore("SetupType") + restore("CmdLine")), changes);
        String root = system.software("Microsoft\\Windows NT\\CurrentVersion", "SystemRoot")
                .map(HiveValue::text)
                .filter(text -> text.matches("[A-Za-z]:\\\\[A-Za-z0-9_.\\\\-]+"))
                .orElse("C:\\" + system.directory().name());
        edit(HiveValue.text("CmdLine", "cmd.exe /d /c \"" + root + "\\Imagewright\\firstboot.cmd\""), changes);
        edit(HiveValue.dword("SetupType", 2), changes);
    }

    private void edit(HiveValue value, List<Change> changes) {
        system.edit("SYSTEM", new HiveEdit.SetValue(SETUP, value)).ifPresent(changes::add);
    }

    /** The command that gives a value its content of now back; an empty text where there was something odd. */
    private String restore(String name) {
        String key = "reg.exe ";
        Optional<HiveValue> value = system.system(SETUP, name);
        if (value.isEmpty()) {
            return key + "delete HKLM\\SYSTEM\\Setup /v " + name + " /f >> \"%FIRSTBOOT_LOG%\" 2>&1\n";
        }
        boolean number = value.get().number().isPresent();
        String data = number ? String.valueOf(value.get().number().getAsLong()) : "\"\"";
        return key + "add HKLM\\SYSTEM\\Setup /v " + name + " /t " + (number ? "REG_DWORD" : "REG_SZ") + " /d " + data
                + " /f >> \"%FIRSTBOOT_LOG%\" 2>&1\n";
    }

    private void setupComplete(List<Change> changes) {
        directory("Setup", changes);
        directory("Setup/Scripts", changes);
        GuestPath file = system.place(SETUP_COMPLETE);
        Bytes there = tree.read(List.of(file), LIMIT).getOrDefault(file, Bytes.EMPTY);
        String text = there.text();
        String ended = text.isEmpty() || text.endsWith("\n") ? text : text + "\r\n";
        changes.add(
                Change.Write.of(file, Bytes.ofText(ended + "call \"%SystemRoot%\\Imagewright\\firstboot.cmd\"\r\n")));
    }

    private void directory(String relative, List<Change> changes) {
        GuestPath path = system.place(relative);
        if (tree.stat(path).isEmpty()) {
            changes.add(new Change.MakeDirectory(path, 0755, 0, 0));
        }
    }

    private void write(String relative, String text, List<Change> changes) {
        GuestPath path = system.place(relative);
        Bytes content = Bytes.of(text.replace("\n", "\r\n"));
        if (!tree.read(List.of(path), LIMIT).containsValue(content)) {
            changes.add(Change.Write.of(path, content));
        }
    }
}
