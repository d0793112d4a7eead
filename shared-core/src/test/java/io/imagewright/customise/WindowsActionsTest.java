package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Registry;
import io.imagewright.guest.RegistryBatch;
import io.imagewright.guest.TestWindows;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.hive.HiveValue;
import io.imagewright.spec.DescriptionProperties;
import io.imagewright.spec.DescriptionReader;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The same actions on a Windows. */
public class WindowsActionsTest {

    private static final String SCRIPTS = "/Windows/Imagewright/firstboot.d/";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> warnings = new ArrayList<>();
    private final MemoryGuest guest = TestWindows.eleven()
            .file("/Users/ann/notes.txt", "one\r\n")
            .file("/Program Files/App/app.ini", "key=1\r\n")
            .inMemory();

    private void apply(String... items) throws IOException {
        Path base = folder.getRoot().toPath();
        Path file = base.resolve("image.yaml");
        Files.writeString(file, "source: { media: a }\ncustomise:\n  - " + String.join("\n  - ", items) + "\n");
        Facts facts = Inspector.facts(guest, List.of(), List.of(new Mount(GuestPath.ROOT, 1)), "gpt", new byte[512]);
        Customise customise = Customise.of(
                DescriptionReader.read(file, "image.yaml", DescriptionProperties.NONE)
                        .describe()
                        .customise(),
                base);
        RegistryBatch.apply(
                guest,
                List.of(),
                customise.plan(guest, facts, 1_600_000_000L, warnings::add).changes());
    }

    @Test
    public void filesAreFoundInAnyCase() throws IOException {
        Files.createDirectory(folder.getRoot().toPath().resolve("tree"));
        Files.writeString(folder.getRoot().toPath().resolve("tree/NOTES.TXT"), "copied");
        apply(
                "write: { path: /windows/SYSTEM32/new.txt, content: x }",
                "appendLine: { path: /USERS/Ann/Notes.txt, line: two }",
                "edit: { path: '/program files/app/APP.INI', match: 'key=\\d', replace: 'key=2' }",
                "mkdir: /programdata/x",
                "upload: { source: tree/NOTES.TXT, path: /WINDOWS/up.txt }",
                "copyIn: { source: tree/, into: /users/ANN }");
        assertEquals("x", guest.text("/Windows/System32/new.txt"));
        assertEquals("copied", guest.text("/Users/ann/notes.txt"));
        assertEquals("key=2\r\n", guest.text("/Program Files/App/app.ini"));
        assertEquals("copied", guest.text("/Windows/up.txt"));
        assertTrue(guest.exists("/programdata/x"));
        assertFalse(guest.exists("/windows") || guest.exists("/users") || guest.exists("/Users/ann/NOTES.TXT"));
        apply("delete: /USERS/ANN");
        assertFalse(guest.exists("/Users/ann"));
    }

    @Test
    public void hostname_isSetInTheRegistry() throws IOException {
        apply("hostname: WEB-1");
        try (Registry registry = guest.registry()) {
            var system = registry.hive(GuestPath.of("/Windows/System32/config/SYSTEM"))
                    .orElseThrow();
            assertEquals(
                    "WEB-1",
                    system.value("ControlSet001\\Control\\ComputerName\\ComputerName", "ComputerName")
                            .map(HiveValue::text)
                            .orElseThrow());
            assertEquals(
                    "WEB-1",
                    system.value("ControlSet001\\Services\\Tcpip\\Parameters", "NV Hostname")
                            .map(HiveValue::text)
                            .orElseThrow());
        }
        refused("a Windows cannot be called web-with-long-name", "hostname: web-with-long-name");
        refused("a Windows cannot be called web.example.org", "hostname: web.example.org");
    }

    @Test
    public void firstbootScripts_areBatchFiles_inTheirOrder() throws IOException {
        Files.writeString(folder.getRoot().toPath().resolve("a.cmd"), "echo one\nnet user x y");
        Files.writeString(folder.getRoot().toPath().resolve("b.sh"), "#!/bin/sh\n");
        apply("firstboot: { name: first, script: file:a.cmd }", "firstboot: { name: second, script: file:a.cmd }");
        assertEquals("@echo off\r\necho one\r\nnet user x y\r\n", guest.text(SCRIPTS + "50-01-first.cmd"));
        assertTrue(guest.exists(SCRIPTS + "50-02-second.cmd"));
        refused("script is a batch file", "firstboot: { name: third, script: file:b.sh }");
    }

    @Test
    public void whatWindowsHasNot_isRefused() {
        refused("Windows 11 Pro", "chmod: { path: /Windows, mode: 0700 }");
        refused("access lists", "chown: { path: /Windows, owner: root }");
        refused("access lists", "write: { path: /x, content: y, mode: 0600 }");
        refused("net user", "password: { user: ann, hash: locked }");
        refused("upload", "sshInject: { user: ann, key: '" + CustomiseTestBase.KEY + "' }");
        refused("tzutil", "timezone: Europe/Berlin");
        refused("the file itself", "link: { path: /x, target: /y }");
    }

    private void refused(String expected, String item) {
        ImageException failure = assertThrows(item, ImageException.class, () -> apply(item));
        assertTrue(failure.getMessage(), failure.getMessage().contains(expected));
    }
}
