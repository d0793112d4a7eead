package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.guest.AnyCase;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Registry;
import io.imagewright.hive.Hive;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveKey;
import io.imagewright.hive.HiveValue;

/**
 * A Windows: its system volume is the tree. Names are found in any case. What the registry says is read when it is asked for. Not
 * thread-safe.
 */
public final class WindowsSystem implements AutoCloseable {

    static final String FAMILY = "windows";

    private static final String CONFIGURATION = "System32/config/";
    private static final String VERSION_KEY = "Microsoft\\Windows NT\\CurrentVersion";
    private static final List<String> DIRECTORIES = List.of("Windows", "WINNT");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final GuestTree tree;
    private final Registry registry;
    private final AnyCase names;
    private final GuestPath directory;

    private WindowsSystem(GuestTree tree, AnyCase names, GuestPath directory) {
        this.tree = tree;
        this.registry = tree.registry();
        this.names = names;
        this.directory = directory;
    }

    /** Whether this tree is the system volume of a Windows: it has the hives SYSTEM and SOFTWARE. Recovery and boot volumes have none. */
    public static boolean isOn(GuestTree tree) {
        return find(tree).isPresent();
    }

    /**
     * The Windows whose system volume this is.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static WindowsSystem of(GuestTree tree) {
        return find(tree).orElseThrow(() -> new IllegalArgumentException("no Windows"));
    }

    private static Optional<WindowsSystem> find(GuestTree tree) {
        try {
            AnyCase names = new AnyCase(tree);
            return DIRECTORIES.stream()
                    .flatMap(name -> names.find(GuestPath.ROOT, name).stream())
                    .map(directory -> new WindowsSystem(tree, names, directory))
                    .filter(system -> system.isFile("SYSTEM") && system.isFile("SOFTWARE"))
                    .findFirst();
        } catch (ImageException odd) {
            if (odd.kind() != ImageException.Kind.SOURCE) {
                throw odd;
            }
            return Optional.empty(); // links in a circle, which no Windows has there
        }
    }

    private boolean isFile(String hive) {
        return names.find(directory, CONFIGURATION + hive)
                .flatMap(tree::stat)
                .filter(FileStat::isRegular)
                .isPresent();
    }

    /** {@code \Windows}, as the tree spells it. */
    public GuestPath directory() {
        return directory;
    }

    /** The file at this path below {@link #directory()}, its names as the tree has them; what is missing as it is given. */
    public GuestPath place(String relative) {
        return names.place(directory, relative);
    }

    /** The file at this path on the system volume; as {@link #place}. */
    public GuestPath onVolume(String relative) {
        return names.place(GuestPath.ROOT, relative);
    }

    /** The file at this path, its names as the tree has them; what is missing as it is given. */
    public GuestPath place(GuestPath path) {
        return names.place(path);
    }

    /** Whether something is at this path below {@link #directory()}. */
    public boolean has(String relative) {
        return names.find(directory, relative).isPresent();
    }

    /** The file of a hive, for example SYSTEM. */
    public GuestPath hiveFile(String name) {
        return place(CONFIGURATION + name);
    }

    /**
     * A hive of the machine.
     *
     * @throws ImageException SOURCE when it is missing or damaged
     */
    public Hive hive(String name) {
        return registry.hive(hiveFile(name))
                .orElseThrow(() -> ImageException.of(
                        ImageException.Kind.SOURCE,
                        "Cannot read the registry of the guest",
                        "there is no file " + hiveFile(name),
                        "Give a medium with a Windows that is whole."));
    }

    /** The change that makes an edit of a hive; empty when it would change nothing. */
    public Optional<Change> edit(String hive, HiveEdit edit) {
        return hive(hive).isChangedBy(edit)
                ? Optional.of(new Change.EditRegistry(hiveFile(hive), edit))
                : Optional.empty();
    }

    /** A value of the hive SOFTWARE. */
    public Optional<HiveValue> software(String key, String name) {
        return hive("SOFTWARE").value(key, name);
    }

    /** A value of the hive SYSTEM; {@code CurrentControlSet} is the one that Windows would boot with. */
    public Optional<HiveValue> system(String key, String name) {
        return hive("SYSTEM").value(key, name);
    }

    /** A key of the hive SYSTEM. */
    public Optional<HiveKey> systemKey(String key) {
        return hive("SYSTEM").key(key);
    }

    /** The version; 0.0 when the registry does not record it. */
    public WindowsVersion version() {
        int build = software(VERSION_KEY, "CurrentBuildNumber")
                .or(() -> software(VERSION_KEY, "CurrentBuild"))
                .map(HiveValue::text)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::valueOf)
                .orElse(0);
        // since Windows 10, whose CurrentVersion stays 6.3
        Optional<Integer> major = number("CurrentMajorVersionNumber");
        if (major.isPresent()) {
            return new WindowsVersion(
                    major.get(), number("CurrentMinorVersionNumber").orElse(0), build);
        }
        Matcher version = VERSION.matcher(
                software(VERSION_KEY, "CurrentVersion").map(HiveValue::text).orElse(""));
        return version.matches()
                ? new WindowsVersion(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)), build)
                : new WindowsVersion(0, 0, build);
    }

    private Optional<Integer> number(String name) {
        return software(VERSION_KEY, name)
                .filter(value -> value.number().isPresent())
                .map(value -> (int) Math.min(value.number().getAsLong(), 999));
    }

    /** The name for people. Windows 11 calls itself 10 there. */
    public String product() {
        String name = software(VERSION_KEY, "ProductName").map(HiveValue::text).orElse("");
        if (version().isEleven() && name.startsWith("Windows 10")) {
            return "Windows 11" + name.substring("Windows 10".length());
        }
        return name.isEmpty() ? "Windows" : name;
    }

    /** {@code amd64}, {@code x86}, {@code arm64} ...; empty when the registry does not record it. */
    public String architecture() {
        return system("CurrentControlSet\\Control\\Session Manager\\Environment", "PROCESSOR_ARCHITECTURE")
                .map(value -> value.text().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** {@code IMAGE_STATE_COMPLETE} of one that runs; another word while Microsoft's sysprep has generalised it. Empty when not recorded. */
    public String imageState() {
        return software("Microsoft\\Windows\\CurrentVersion\\Setup\\State", "ImageState")
                .map(HiveValue::text)
                .orElse("");
    }

    /** Whether Microsoft's sysprep has been run already, so that the next boot sets the machine up. */
    public boolean isGeneralised() {
        String state = imageState();
        return !state.isEmpty() && !state.equals("IMAGE_STATE_COMPLETE");
    }

    /** Gives back the memory of the registry. */
    @Override
    public void close() {
        registry.close();
    }
}
