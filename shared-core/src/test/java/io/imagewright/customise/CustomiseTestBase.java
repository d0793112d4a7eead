package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.spec.DescriptionProperties;
import io.imagewright.spec.DescriptionReader;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Gives each test an ext4 guest of its own and does to it what a description says. */
public abstract class CustomiseTestBase {

    protected static final String HASH = "$6$imagewright$" + "A".repeat(86);
    protected static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mZ4cU5p8R0dC1xqzv2n3Yc7v8gk6k1m0b7q4h3r5t ops@example.org";

    /** Day 18518 of the epoch. */
    protected static final long NOW = 1_600_000_000L;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    protected final List<String> warnings = new ArrayList<>();

    protected TestGuest guest;

    /** Where relative paths of this machine start. */
    protected Path base;

    @Before
    public void makeGuest() throws IOException {
        base = folder.newFolder("project").toPath();
        guest = new TestGuest(folder.newFolder("guest").toPath());
        guest.file(
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/sh\nann:x:1000:100:Ann:/home/ann:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\n");
        guest.file("/etc/group", "root:x:0:\nusers:x:100:\nwww-data:x:33:\n");
        guest.file("/etc/shadow", "root:!:19000:0:99999:7:::\nann:$6$old$hash:1:0:99999:7:::\n");
        guest.directory("/root").directory("/home/ann");
    }

    @After
    public void checkGuest() {
        guest.close();
    }

    /** Writes a file of this machine. */
    protected Path host(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, Bytes.ofText(text).toArray());
    }

    /** Plans what these items of a description say. */
    protected CustomiseResult plan(String... items) throws IOException {
        return read(items).plan(guest.tree(), guest.facts(), NOW, warnings::add);
    }

    protected Customise read(String... items) throws IOException {
        Path file = folder.getRoot().toPath().resolve("image.yaml");
        Files.writeString(file, "source: { media: a }\ncustomise:\n  - " + String.join("\n  - ", items) + "\n");
        return Customise.of(
                DescriptionReader.read(file, "image.yaml", DescriptionProperties.NONE)
                        .describe()
                        .customise(),
                base);
    }

    /** Does it. */
    protected List<Change> apply(String... items) throws IOException {
        List<Change> changes = plan(items).changes();
        guest.apply(changes);
        return changes;
    }

    /** The message of what cannot be done; nothing is planned then, and no secret printed. */
    protected String refused(String... items) {
        ImageException failure = assertThrows(ImageException.class, () -> plan(items));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message, message.startsWith("customise["));
        assertFalse(message, message.contains(HASH) || message.contains("PRIVATE"));
        return message;
    }

    protected void assertRefused(String expected, String... items) {
        String message = refused(items);
        assertTrue(message, message.contains(expected));
    }

    protected void assertWarned(String part) {
        assertTrue(warnings.toString(), warnings.stream().anyMatch(warning -> warning.contains(part)));
    }

    /** Mode and owner, for example {@code 644 0:0}. */
    protected String mode(String path) {
        FileStat stat = guest.tree().stat(GuestPath.of(path)).orElseThrow(() -> new AssertionError("no " + path));
        return Integer.toOctalString(stat.permissions()) + " " + stat.owner() + ":" + stat.group();
    }

    protected String target(String path) {
        return guest.tree().readLink(GuestPath.of(path)).map(Bytes::text).orElse("(no link)");
    }
}
