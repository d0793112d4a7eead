package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.Mount;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;
import io.imagewright.sysprep.Sysprep;
import io.imagewright.sysprep.SysprepResult;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/** A guest of two file systems whose inode numbers are the same, one mounted deep in a directory that gets cleaned. */
public class MountedGuestTest {

    private static final GuestPath MOUNT = GuestPath.of("/tmp/build/cache");
    private static final Facts FACTS = new Facts(
            "linux",
            "debian",
            "Debian",
            "12",
            List.of(),
            List.of(new Mount(GuestPath.ROOT, 1), new Mount(MOUNT, 2)),
            Map.of(),
            List.of());

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final ExtTools engine = new ExtTools(ExtFixture.EXEC, ExtFixture.NOW);
    private Map<GuestPath, VolumeFile> files = Map.of();

    @Before
    public void makeFileSystems() throws IOException {
        Path content = folder.newFolder("content").toPath();
        Files.writeString(content.resolve("first"), "text");
        Files.createLink(content.resolve("second"), content.resolve("first"));
        Path within = Files.createDirectories(content.resolve("tmp/build/cache"));
        Files.writeString(within.resolveSibling("rubbish"), "rubbish");
        Files.writeString(content.resolve("tmp/other"), "rubbish");
        Path root = ExtFixture.ext4(folder.getRoot().toPath().resolve("root"), "32M", content);
        Path cache = ExtFixture.ext4(folder.getRoot().toPath().resolve("cache"), "32M", content);
        files = Map.of(GuestPath.ROOT, ExtFixture.volume(root), MOUNT, ExtFixture.volume(cache));
    }

    private record Planning(String name, List<Change> changes) implements Operation {

        @Override
        public String description() {
            return "Plans.";
        }

        @Override
        public boolean appliesTo(Facts facts) {
            return true;
        }

        @Override
        public List<Change> plan(OperationContext context) {
            return changes;
        }
    }

    private static SysprepResult plan(Guest guest, Collection<Operation> operations) {
        Operations all = Operations.of(List.copyOf(operations));
        return Sysprep.plan(guest, FACTS, all, all.all(), ParameterValues.of(all, Map.of()), warning -> {});
    }

    @Test
    public void mountPointBelowADeletedTreeStays_emptied_inViewAndEngine() {
        List<String> inView;
        try (Guest guest = engine.open(files, true)) {
            SysprepResult result =
                    plan(guest, List.of(new Planning("clean", List.of(new Change.DeleteTree(GuestPath.of("/tmp"))))));
            GuestView view = new GuestView(guest, files.keySet());
            view.add(result.changes());
            inView = names(view.walk(GuestPath.ROOT));
            guest.apply(result.changes());
        }
        assertEquals(List.of("/first", "/lost+found", "/second", "/tmp", "/tmp/build", "/tmp/build/cache"), inView);
        try (Guest guest = engine.open(files, false)) {
            assertEquals(inView, names(guest.walk(GuestPath.ROOT)));
        }
        files.values()
                .forEach(volume -> ExtFixture.run("e2fsck", "-fn", volume.file().toString()));
    }

    @Test
    public void anOperationSeesNoChangeOfTheFileWithTheSameInodeNumberElsewhere() {
        GuestPath first = GuestPath.of("/first");
        GuestPath elsewhere = MOUNT.child("second".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Operation change = new Planning("change", List.of(Change.Write.of(first, Bytes.of("changed"))));
        List<Bytes> seen = new java.util.ArrayList<>();
        Operation look = new Operation() {
            @Override
            public String name() {
                return "look";
            }

            @Override
            public String description() {
                return "Looks.";
            }

            @Override
            public boolean appliesTo(Facts facts) {
                return true;
            }

            @Override
            public List<Change> plan(OperationContext context) {
                for (GuestPath path : List.of(GuestPath.of("/second"), elsewhere)) {
                    seen.add(context.guest().read(List.of(path), 100).get(path));
                }
                return List.of();
            }
        };
        try (Guest guest = engine.open(files, false)) {
            assertEquals(
                    "the numbers are the same",
                    guest.stat(first).orElseThrow().inode(),
                    guest.stat(elsewhere).orElseThrow().inode());
            plan(guest, List.of(change, look));
        }
        assertEquals(List.of(Bytes.of("changed"), Bytes.of("text")), seen);
    }

    private static List<String> names(List<Entry> entries) {
        return entries.stream().map(entry -> entry.path().toString()).sorted().toList();
    }
}
