package io.imagewright.error;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A setting in a message: a key of the description by its path, such as {@code shrink.slack}, for the items of a list
 * {@code formats.file}, or what is set for one run by a name of the
 * same form that no front end spells.
 *
 * @param path words with dots between them
 * @param value that the user should give it, lists with commas; empty when the message is about the setting alone
 */
public record SettingName(String path, String value) implements Message.Part {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,100}(\\.[A-Za-z0-9_-]{1,100}){0,9}");

    // keys of the description

    public static final SettingName ALLOW_UNSUPPORTED = of("allowUnsupported");
    public static final SettingName CHECKSUMS = of("checksums");
    public static final SettingName CUSTOMISE = of("customise");
    public static final SettingName DISK_BOOT = of("disk.boot");
    public static final SettingName DISK_FILE_SYSTEM = of("disk.fileSystem");
    public static final SettingName DISK_SIZE = of("disk.size");
    public static final SettingName DISK_TABLE = of("disk.table");
    public static final SettingName ENGINE = of("engine");
    public static final SettingName FORMATS = of("formats");
    public static final SettingName FORMAT_CLASSIFIER = of("formats.classifier");
    public static final SettingName FORMAT_FILE = of("formats.file");
    public static final SettingName FORMAT_OPTIONS = of("formats.options");
    public static final SettingName MINIMUM_FREE = of("shrink.minimumFree");
    public static final SettingName NAME = of("name");
    public static final SettingName PUBLISH = of("publish");
    public static final SettingName REPAIR = of("repair");
    public static final SettingName SHRINK = of("shrink");
    public static final SettingName SIZE = of("size");
    public static final SettingName SOURCE_DISKS = of("source.disks");
    public static final SettingName SOURCE_FORMAT = of("source.format");
    public static final SettingName SOURCE_MEDIA = of("source.media");
    public static final SettingName SOURCE_TREE = of("source.tree");
    public static final SettingName SYSPREP_DISABLE = of("sysprep.disable");
    public static final SettingName SYSPREP_ENABLE = of("sysprep.enable");
    public static final SettingName SYSPREP_PARAMS = of("sysprep.params");

    // of one run

    public static final SettingName APPLIANCE_MEMORY = of("appliance.memory");
    public static final SettingName BOOT_FIRMWARE = of("boot.firmware");
    public static final SettingName BOOT_MEMORY = of("boot.memory");
    public static final SettingName BOOT_PORT = of("boot.port");
    public static final SettingName BOOT_PROCESSORS = of("boot.processors");
    public static final SettingName BOOT_SECONDS = of("boot.seconds");
    public static final SettingName BOOT_TEXT = of("boot.text");
    public static final SettingName FORCE = of("force");
    public static final SettingName GPG_HOMEDIR = of("gpg.homedir");
    public static final SettingName GPG_KEYNAME = of("gpg.keyname");
    public static final SettingName GPG_PASSPHRASE = of("gpg.passphrase");
    public static final SettingName JAVA_OPTIONS = of("java.options");
    public static final SettingName KEYRING = of("verify.keyring");
    public static final SettingName MANIFEST = of("manifest");
    public static final SettingName OUTPUT_DIRECTORY = of("output.directory");
    public static final SettingName PROGRESS_MONITOR = of("progress.monitor");
    public static final SettingName SIGNED_BY = of("verify.signedBy");
    public static final SettingName TMPDIR = of("tmpdir");
    public static final SettingName VERBOSE = of("verbose");
    public static final SettingName VERSION = of("version");

    /** What is set for one run; front ends have a spelling of each, as of each key of the description. */
    public static final List<SettingName> OF_RUN = List.of(
            APPLIANCE_MEMORY,
            BOOT_FIRMWARE,
            BOOT_MEMORY,
            BOOT_PORT,
            BOOT_PROCESSORS,
            BOOT_SECONDS,
            BOOT_TEXT,
            FORCE,
            GPG_HOMEDIR,
            GPG_KEYNAME,
            GPG_PASSPHRASE,
            JAVA_OPTIONS,
            KEYRING,
            MANIFEST,
            OUTPUT_DIRECTORY,
            PROGRESS_MONITOR,
            SIGNED_BY,
            TMPDIR,
            VERBOSE,
            VERSION);

    /** Checks the form of the path: it may have come from another process. */
    public SettingName {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("no path of a setting: " + path);
        }
    }

    /** The setting of a path. */
    public static SettingName of(String path) {
        return new SettingName(path, "");
    }

    /** An option of a format. */
    public static SettingName formatOption(String name) {
        return of(FORMAT_OPTIONS.path() + "." + name);
    }

    /** The parameter of an operation. */
    public static SettingName parameter(String name) {
        return of(SYSPREP_PARAMS.path() + "." + name);
    }

    /** This setting with the value that it should get. */
    public SettingName to(String wanted) {
        return new SettingName(path, wanted);
    }
}
