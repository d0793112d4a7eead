package io.imagewright.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.disk.SourceImage;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.guest.libguestfs.GuestfsFiles;

/** Versions of the programs that have a say in the bytes of the output. */
final class ToolVersions {

    /** Of the engine, where it takes part. */
    static final String LIBGUESTFS = "libguestfs";

    /** Of what reads containers. */
    static final String QEMU_IMG = "qemu-img";

    private static final Pattern VERSION = Pattern.compile("\\b(\\d+(?:\\.\\d+)+)");
    private static final Limits LIMITS = Limits.ofTime(Duration.ofSeconds(20));

    private ToolVersions() {}

    /**
     * Of the programs, and of users' operations.
     *
     * @param programs that write outputs
     * @param libguestfs whether this engine takes part, or may do so
     */
    static SortedMap<String, String> of(
            Exec exec, List<SourceImage> sources, List<String> programs, GuestSysprep sysprep, boolean libguestfs) {
        return of(exec, readsContainers(sources), programs, sysprep, libguestfs);
    }

    /** @param containers whether qemu-img reads a source, or may do so */
    static SortedMap<String, String> of(
            Exec exec, boolean containers, List<String> programs, GuestSysprep sysprep, boolean libguestfs) {
        SortedMap<String, String> tools = read(exec, containers, programs);
        if (libguestfs) {
            GuestfsFiles.installedVersion(System.getenv()).ifPresent(version -> tools.put(LIBGUESTFS, version));
        }
        tools.putAll(sysprep.origins());
        return tools;
    }

    /** By name. */
    static SortedMap<String, String> read(Exec exec, List<SourceImage> sources, List<String> programs) {
        return read(exec, readsContainers(sources), programs);
    }

    private static boolean readsContainers(List<SourceImage> sources) {
        return !sources.stream().allMatch(SourceImage::isRaw);
    }

    private static SortedMap<String, String> read(Exec exec, boolean containers, List<String> programs) {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("imagewright", ownVersion());
        versions.put("e2fsprogs", version(exec, List.of("e2fsck", "-V")));
        SortedSet<String> used = new TreeSet<>(programs);
        if (containers) {
            used.add(QEMU_IMG);
        }
        used.forEach(program -> versions.put(program, version(exec, List.of(program, "--version"))));
        return versions;
    }

    /** From the jar's manifest; classes that lie in a directory have none. */
    private static String ownVersion() {
        String version = ToolVersions.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static String version(Exec exec, List<String> argv) {
        ExecResult result = exec.run(new Command(argv, Map.of(), LIMITS));
        Matcher matcher = VERSION.matcher(result.stdout() + result.stderr());
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}
