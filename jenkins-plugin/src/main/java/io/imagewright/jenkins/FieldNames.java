package io.imagewright.jenkins;

import java.util.Map;

import io.imagewright.error.CommandName;
import io.imagewright.error.SettingName;

/** What messages of the command line call settings and commands in Jenkins: the fields and names of steps, and where the rest is set. */
final class FieldNames {

    private static final String NO_FIELD = ", for which Jenkins has no field";

    /** By the paths of settings, and by commands. Other keys of the description are named as such by the command line. */
    static final Map<String, String> ALL = Map.ofEntries(
            entry(SettingName.NAME, "name"),
            entry(SettingName.SOURCE_MEDIA, "source"),
            entry(SettingName.SOURCE_FORMAT, "sourceFormat"),
            entry(SettingName.SOURCE_DISKS, "disks"),
            entry(SettingName.SHRINK, "shrink"),
            entry(SettingName.REPAIR, "repair"),
            entry(SettingName.ALLOW_UNSUPPORTED, "allowUnsupported"),
            entry(SettingName.of("sbom"), "sbom"),
            entry(SettingName.ENGINE, "engine"),
            entry(SettingName.SYSPREP_ENABLE, "enable"),
            entry(SettingName.SYSPREP_DISABLE, "disable"),
            entry(SettingName.SYSPREP_PARAMS, "params"),
            entry(SettingName.of("properties"), "properties"),
            entry(SettingName.SIZE, "size"),
            entry(SettingName.FORMATS, "formats"),
            entry(SettingName.CHECKSUMS, "checksums"),
            entry(SettingName.VERSION, "version"),
            entry(SettingName.OUTPUT_DIRECTORY, "outputDirectory"),
            entry(SettingName.FORCE, "force"),
            entry(SettingName.GPG_KEYNAME, "gpgKeyname"),
            entry(SettingName.GPG_PASSPHRASE, "gpgCredentialsId"),
            entry(SettingName.GPG_HOMEDIR, "GNUPGHOME in the environment of the build"),
            entry(SettingName.MANIFEST, "manifest"),
            entry(SettingName.SIGNED_BY, "signedBy"),
            entry(SettingName.KEYRING, "the keyring of GnuPG" + NO_FIELD),
            entry(SettingName.BOOT_PORT, "bootPort"),
            entry(SettingName.BOOT_TEXT, "bootText"),
            entry(SettingName.BOOT_SECONDS, "bootSeconds"),
            entry(SettingName.BOOT_MEMORY, "the memory of the machine" + NO_FIELD),
            entry(SettingName.BOOT_PROCESSORS, "the processors of the machine" + NO_FIELD),
            entry(SettingName.BOOT_FIRMWARE, "the firmware of the machine" + NO_FIELD),
            entry(SettingName.APPLIANCE_MEMORY, "the memory of the appliance" + NO_FIELD),
            entry(SettingName.PROGRESS_MONITOR, "the progress monitor" + NO_FIELD),
            entry(SettingName.TMPDIR, "the directory for work files under Manage Jenkins, System, Imagewright"),
            entry(SettingName.JAVA_OPTIONS, "JAVA_TOOL_OPTIONS in the environment of the build"),
            entry(SettingName.VERBOSE, "the log of the agent"),
            Map.entry(CommandName.BUILD.word(), "imageBuild"),
            Map.entry(CommandName.INSPECT.word(), "imageInspect"));

    private FieldNames() {}

    private static Map.Entry<String, String> entry(SettingName setting, String name) {
        return Map.entry(setting.path(), name);
    }
}
