package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.imagewright.GuestDisk;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.TreeBuilder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The services that growRoot installs, started by the inits themselves in a tree of their own, as root. */
public class GrowRootInitTest {

    /** What the program prints on a file system in memory; so it was started, with its mount point. */
    private static final String STARTED = "grow-root: / is on no block device: nothing grows";

    /** See setup.sh. */
    private static final Path INITS = Path.of("/var/lib/imagewright-inits");

    private static final String CRON = """
            #!/bin/sh
            ### BEGIN INIT INFO
            # Provides: cron
            # Required-Start:
            # Required-Stop:
            # Default-Start: 2 3 4 5
            # Default-Stop: 0 1 6
            # Short-Description: runs jobs
            ### END INIT INFO
            echo "cron: $1"
            """;

    private static final String LOCALMOUNT = """
            #!/sbin/openrc-run
            start() {
            	echo "localmount: start"
            }
            """;

    @Rule
    public final TemporaryFolder folder =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    private Path tree = Path.of("/");

    private void newTree() throws IOException {
        tree = folder.newFolder().toPath();
        for (String file : List.of("passwd", "group", "ld.so.cache")) {
            Files.copy(Path.of("/etc", file), directory("etc").resolve(file));
        }
    }

    private Path directory(String path) throws IOException {
        return Files.createDirectories(tree.resolve(path));
    }

    private void script(String service, String text, String... links) throws IOException {
        Path script = Files.writeString(directory("etc/init.d").resolve(service), text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String link : links) {
            Files.createSymbolicLink(directory(link).resolve(service), Path.of("/etc/init.d", service));
        }
    }

    /** Gives the tree what the action plans for a guest with these files and all of the tree's. */
    private void install(Consumer<TreeBuilder> init) throws IOException {
        MemoryGuest guest = MemoryGuest.of(builder -> {
            addTree(builder);
            init.accept(builder.file("/sbin/resize2fs", ""));
        });
        List<String> warnings = new ArrayList<>();
        for (Change change : new GrowRoot()
                .plan(new Target(
                        guest, GrowRootTest.facts("msdos", 2, GrowRootTest.ROOT), 0, OwnFiles.NONE, warnings::add))) {
            Path at = tree.resolve(change.path().toString().substring(1));
            if (change instanceof Change.Write write) {
                Files.write(at, write.content().toArray());
                if ((write.permissions() & 0111) != 0) {
                    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            } else if (change instanceof Change.SymbolicLink link) {
                Files.createSymbolicLink(at, Path.of(link.target()));
            } else if (change instanceof Change.MakeDirectory) {
                Files.createDirectories(at);
            } else {
                throw new AssertionError(change);
            }
        }
        assertEquals(List.of(), warnings);
    }

    private void addTree(TreeBuilder builder) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.skip(1).sorted().toList()) {
                GuestPath path = GuestPath.of("/" + tree.relativize(file));
                if (Files.isDirectory(file)) {
                    builder.dir(path);
                } else if (!Files.isSymbolicLink(file)) {
                    builder.file(path, Bytes.of(Files.readAllBytes(file)));
                }
            }
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private List<String> start(String init, String files) throws Exception {
        assertTrue(INITS + " is missing: run ./setup.sh", Files.isDirectory(INITS));
        String script = Path.of(Objects.requireNonNull(
                                GrowRootInitTest.class.getResource("grow-root-init-check.sh"), "beside this class")
                        .toURI())
                .toString();
        String unshare = "unshare -m -p -f --propagation private sh \"$@\" 2>&1";
        return GuestDisk.shell(unshare, script, init, tree, INITS.resolve(files))
                .lines()
                .toList();
    }

    /** Lines of the programs that were started, in their order. */
    private static List<String> programs(List<String> output) {
        return output.stream()
                .flatMap(line ->
                        Stream.of(STARTED, "localmount: start", "cron: start").filter(line::contains))
                .toList();
    }

    @Test
    public void openRcStartsIt() throws Exception {
        for (boolean hasLocalmount : List.of(true, false)) { // Debian's has none
            newTree();
            Files.createFile(directory("etc").resolve("rc.conf"));
            Files.createFile(directory("etc").resolve("insserv.conf"));
            for (String level : List.of("sysinit", "boot", "default", "shutdown")) {
                directory("etc/runlevels/" + level);
            }
            if (hasLocalmount) {
                script("localmount", LOCALMOUNT, "etc/runlevels/boot");
            }
            install(builder -> builder.file("/sbin/openrc-run", ""));
            List<String> output = start("openrc", "openrc");
            assertEquals(
                    String.join("\n", output),
                    hasLocalmount ? List.of("localmount: start", STARTED) : List.of(STARTED),
                    programs(output));
            assertTrue(
                    String.join("\n", output),
                    output.stream().anyMatch(line -> line.matches(".*imagewright-grow-root .*started.*")));
        }
    }

    @Test
    public void systemVStartsIt() throws Exception {
        for (boolean hasLists : List.of(true, false)) {
            newTree();
            for (String level : List.of("0", "1", "2", "3", "4", "5", "6", "S")) {
                directory("etc/rc" + level + ".d");
            }
            Files.writeString(directory("etc").resolve("insserv.conf"), "$local_fs\n");
            script("cron", CRON);
            start("insserv", "sysv");
            if (!hasLists) {
                for (String list : List.of("boot", "start", "stop")) {
                    Files.deleteIfExists(directory("etc/init.d").resolve(".depend." + list));
                }
            }
            install(builder -> {});
            for (int boot = 0; boot < 2; boot++) {
                List<String> output = start("sysv", "sysv");
                assertEquals(
                        String.join("\n", output),
                        List.of("cron: start", STARTED),
                        programs(output).stream().sorted().toList());
                assertEquals(
                        String.join("\n", output),
                        hasLists || boot > 0,
                        output.stream().anyMatch(line -> line.contains("makefile-style")));
                start("insserv", "sysv"); // as the package of the next service does: it is not lost
            }
        }
    }

    @Test
    public void systemdStartsIt() throws Exception {
        newTree();
        directory("etc/systemd/system");
        install(builder -> builder.file("/usr/lib/systemd/systemd", ""));
        List<String> output = start("systemd", "none");
        assertTrue(String.join("\n", output), output.containsAll(List.of("unit enabled", "unit verified")));
    }
}
