package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.GuestTask;
import io.imagewright.sysprep.MediumContext;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.ParameterValues;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A small guest, on a real ext4 file system by default, with the files that a test writes, and what an operation makes of it. */
public final class TestGuest implements AutoCloseable {

    public static final String ROOT_UUID = "0a3407de-014b-458b-b5c1-848e92a327a3";
    public static final String SWAP_UUID = "7b1bca01-4a4c-4b0c-9f3b-6f2f2a8e9a11";
    private static final ProcessExec EXEC = new ProcessExec();

    private final Path content;
    private final Path image;
    private final List<Change> later = new ArrayList<>();
    private Optional<Guest> guest = Optional.empty();
    private String distribution = "debian";
    private boolean inMemory;
    private String bootLoader = "none";
    private MediumContext surroundings = MediumContext.NONE;
    private final List<Volume> volumes = new ArrayList<>(List.of(
            new Volume(1, "ext4", ROOT_UUID, "", "8a3f6f52-01", "", 1 << 20, 32 << 20),
            new Volume(5, "swap", SWAP_UUID, "", "8a3f6f52-05", "", 40 << 20, 8 << 20)));

    public final List<String> warnings = new ArrayList<>();

    /** What an operation asked for, the same of a second run left out. */
    public final List<VolumeId> ids = new ArrayList<>();

    /** What operations asked programs to do. */
    public final List<GuestTask> tasks = new ArrayList<>();

    public TestGuest(Path folder) throws IOException {
        this.content = Files.createDirectories(folder.resolve("content"));
        this.image = folder.resolve("fs");
    }

    /** Keeps the tree in memory, which is quicker: the contract tests of guests prove that it behaves as a disk does. */
    public TestGuest inMemory() {
        inMemory = true;
        return this;
    }

    public TestGuest distribution(String name) {
        distribution = name;
        return this;
    }

    /** The value of {@code BOOTSTRAP}. */
    public TestGuest bootLoader(String name) {
        bootLoader = name;
        return this;
    }

    public TestGuest surroundings(MediumContext other) {
        surroundings = other;
        return this;
    }

    /** A partition that holds nothing which the guest mounts. */
    public TestGuest volume(int number, String type, String uuid) {
        volumes.add(new Volume(number, type, uuid, "", "", "", 50 << 20, 8 << 20));
        return this;
    }

    /** A volume that this makes up, in place of those that have its number. */
    public TestGuest volume(Volume volume) {
        volumes.removeIf(other -> other.partition() == volume.partition());
        volumes.add(volume);
        return this;
    }

    public TestGuest file(String path, String text) throws IOException {
        Path file = content.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, Bytes.ofText(text).toArray());
        return this;
    }

    public TestGuest directory(String path) throws IOException {
        Files.createDirectories(content.resolve(path.substring(1)));
        return this;
    }

    public TestGuest link(String path, String target) throws IOException {
        Path link = content.resolve(path.substring(1));
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
        return this;
    }

    /** A file whose name only a change can spell. */
    public TestGuest file(GuestPath path) {
        later.add(Change.Write.of(path, Bytes.of("odd")));
        return this;
    }

    public TestGuest owner(String path, int owner) {
        later.add(new Change.SetOwner(GuestPath.of(path), owner, owner));
        return this;
    }

    public TestGuest hardLink(String path, String existing) {
        later.add(new Change.HardLink(GuestPath.of(path), GuestPath.of(existing)));
        return this;
    }

    /** What the operation changes, applied; a second run must find nothing left to do. */
    public List<Change> apply(Operation operation) {
        return apply(operation, Map.of());
    }

    public List<Change> apply(Operation operation, Map<String, List<String>> parameters) {
        assertTrue(operation.appliesTo(facts()));
        operation.check(values(operation, parameters));
        List<Change> changes = operation.plan(context(operation, parameters));
        guest().apply(changes);
        List<String> first = List.copyOf(warnings);
        assertEquals("a second run", List.of(), operation.plan(context(operation, parameters)));
        warnings.clear();
        warnings.addAll(first);
        return changes;
    }

    /** Changes that no operation made. */
    public void apply(List<Change> changes) {
        guest().apply(changes);
    }

    public boolean has(String path) {
        return guest().stat(GuestPath.of(path)).isPresent();
    }

    public String text(String path) {
        GuestPath file = GuestPath.of(path);
        Bytes bytes = guest().read(List.of(file), 64 << 20).get(file);
        assertTrue(path + " is missing", bytes != null);
        return bytes.text();
    }

    /** Everything below a directory, without it. */
    public List<String> below(String directory) {
        GuestPath top = GuestPath.of(directory);
        return guest().walk(top).stream()
                .map(entry -> entry.path().toString().substring(directory.length() + 1))
                .toList();
    }

    public GuestTree tree() {
        return guest();
    }

    public Facts facts() {
        return new Facts(
                "linux",
                distribution,
                "Test",
                "1",
                volumes,
                List.of(new Mount(GuestPath.ROOT, 1)),
                Map.of("BOOTSTRAP", bootLoader),
                List.of());
    }

    private Guest guest() {
        if (guest.isEmpty()) {
            guest = Optional.of(inMemory ? memory() : disk());
            guest.get().apply(later);
        }
        return guest.get();
    }

    private Guest disk() {
        ExecResult made = EXEC.run(new Command(
                List.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", content.toString(), image.toString(), "32M"),
                Map.of(),
                Limits.ofTime(Duration.ofMinutes(2))));
        assertEquals("mke2fs (package e2fsprogs): " + made.stderr(), 0, made.exitCode());
        VolumeFile volume = new VolumeFile(image, 0, "partition 1 (ext4)");
        return new ExtTools(EXEC, 1_600_000_000L).open(Map.of(GuestPath.ROOT, volume), true);
    }

    private Guest memory() {
        try (Stream<Path> files = Files.walk(content)) {
            List<Path> sorted =
                    files.filter(file -> !file.equals(content)).sorted().toList();
            return MemoryGuest.of(tree -> sorted.forEach(file -> add(tree, file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(TreeBuilder tree, Path file) {
        String path = "/" + content.relativize(file);
        try {
            if (Files.isSymbolicLink(file)) {
                tree.symlink(path, Files.readSymbolicLink(file).toString());
            } else if (Files.isDirectory(file)) {
                tree.dir(path);
            } else {
                tree.file(GuestPath.of(path), Bytes.of(Files.readAllBytes(file)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ParameterValues values(Operation operation, Map<String, List<String>> parameters) {
        Map<String, String> written = new TreeMap<>();
        parameters.forEach((name, items) -> written.put(
                name, items.stream().map(item -> item.replace(",", "\\,")).collect(Collectors.joining(","))));
        return ParameterValues.of(Operations.of(List.of(operation)), written);
    }

    private OperationContext context(Operation operation, Map<String, List<String>> parameters) {
        ParameterValues values = values(operation, parameters);
        return new OperationContext() {
            @Override
            public GuestTree guest() {
                return TestGuest.this.guest();
            }

            @Override
            public Facts facts() {
                return TestGuest.this.facts();
            }

            @Override
            public List<String> parameter(String name) {
                return values.value(name);
            }

            @Override
            public MediumContext surroundings() {
                return surroundings;
            }

            @Override
            public void setUuid(Volume volume, String uuid) {
                VolumeId id = new VolumeId(volume.partition(), uuid);
                if (!ids.contains(id)) {
                    ids.add(id);
                }
            }

            @Override
            public void setLvmId(Volume volume, String uuid, String group) {
                ids.add(new VolumeId(volume.partition(), uuid, group));
            }

            @Override
            public void afterwards(GuestTask task) {
                if (!tasks.contains(task)) {
                    tasks.add(task);
                }
            }

            @Override
            public void warn(String message) {
                if (!warnings.contains(message)) { // as Sysprep has it
                    warnings.add(message);
                }
            }
        };
    }

    /** Closes the guest and has e2fsck look at what the changes made of it. */
    @Override
    public void close() {
        guest.ifPresent(opened -> {
            opened.close();
            if (inMemory) {
                return;
            }
            ExecResult check = EXEC.run(new Command(
                    List.of("e2fsck", "-fn", image.toString()), Map.of(), Limits.ofTime(Duration.ofMinutes(2))));
            assertEquals(check.stdout() + check.stderr(), 0, check.exitCode());
        });
    }
}
