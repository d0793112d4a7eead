package io.imagewright.spec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * Words that users of other tools write, and what serves instead: virt-customize, virt-builder, cloud-init, Packer, mkosi, diskimage-builder.
 * Letter case, {@code -} and {@code _} do not count. Sources: virt-customize(1), cloud-init's module reference, mkosi(1).
 */
final class ForeignWords {

    private static final String SCRIPT =
            "no action runs a program of the guest at build time. Use firstboot to run it at the"
                    + " first boot, or the operation script (sysprep.enable and sysprep.params.script), which runs a script of this machine"
                    + " where the guest is mounted.";

    private static final String PACKAGES =
            "no action installs, updates or removes packages. Use firstboot to do it at the"
                    + " first boot, or the operation script (sysprep.enable and sysprep.params.script), which can call chroot where the"
                    + " guest is mounted.";

    private static final String PASSWORD =
            "use password with user and hash; mkpasswd or openssl passwd -6 make a hash.";
    private static final String LABELS =
            "leave it out: a guest with SELinux whose files changed labels itself at its first boot.";
    private static final String SUBSCRIPTION = "no action registers the guest. Use firstboot.";
    private static final String ACCOUNT =
            "no action makes accounts. Use firstboot with useradd, or write for the guest's cloud-init.";

    /** Keys of {@code customise}; what each says begins in lower case. */
    static final Map<String, Message> ACTIONS = table(
            entry(SCRIPT, "run", "run_command", "runcmd", "command", "exec", "execute", "shell", "bash", "powershell"),
            entry(SCRIPT, "bootcmd", "shell_local", "ansible", "provisioner", "provisioners", "post_install_script"),
            entry(SCRIPT, "script", "scripts", "finalize", "finalize_scripts", "build_script", "postinst_script"),
            entry(PACKAGES, "install", "uninstall", "update", "upgrade", "package", "packages", "remove_packages"),
            entry(PACKAGES, "package_update", "package_upgrade", "apt", "yum", "dnf", "firstboot_install"),
            entry("use firstboot with a script of this one line.", "firstboot_command", "run_once", "on_first_boot"),
            entry(PASSWORD, "root_password", "chpasswd", "passwd", "passwords", "hashed_passwd", "rootpw"),
            entry("use password with the hash locked.", "lock_passwd", "lock_password", "disable_root"),
            entry("use sshInject with user and key.", "ssh_key", "ssh_keys", "authorized_keys", "ssh_authorized_keys"),
            entry("use write or upload, one item for each file.", "write_files", "files", "file", "put", "create"),
            entry("use copyIn, or upload for one file.", "copy", "cp", "extra_trees", "skeleton_trees", "tar_in"),
            entry("no action copies inside of the guest. Use firstboot, or write.", "move", "mv", "rename"),
            entry("use delete: free space of the image is zeroed.", "scrub", "remove", "rm", "remove_files", "unlink"),
            entry("use write with an empty content.", "truncate", "touch", "truncate_recursive"),
            entry("use link.", "symlink", "ln"),
            entry("use chmod.", "permissions", "mode"),
            entry("use chown.", "owner"),
            entry("use mkdir.", "directory", "make_directory"),
            entry("use appendLine.", "append", "line", "lineinfile", "add_line"),
            entry("use edit with match and replace.", "replace", "sed", "substitute"),
            entry("use hostname.", "fqdn", "name", "set_hostname", "prefer_fqdn_over_hostname"),
            entry("use timezone.", "tz", "locale_timezone"),
            entry(LABELS, "selinux_relabel", "relabel", "selinux", "autorelabel"),
            entry(
                    SUBSCRIPTION,
                    "sm_attach",
                    "sm_register",
                    "sm_remove",
                    "sm_unregister",
                    "sm_credentials",
                    "rh_subscription"),
            entry(ACCOUNT, "user", "users", "groups", "useradd", "adduser"),
            entry("use sysprep.params.virtio.", "inject_virtio_win", "virtio", "drivers"),
            entry("no action installs it. Use firstboot.", "inject_qemu_ga", "qemu_guest_agent"));

    /** Keys of an image. */
    static final Map<String, Message> IMAGE = table(
            entry("write it below customise.", "hostname", "timezone", "firstboot", "password", "upload", "ssh_inject"),
            entry("in customise, " + PACKAGES, "packages", "install", "package_upgrade"),
            entry("in customise, " + SCRIPT, "runcmd", "bootcmd", "run", "scripts", "provisioners"),
            entry("use customise with sshInject.", "ssh_authorized_keys", "ssh_keys", "authorized_keys"),
            entry("use customise with password.", "root_password", "chpasswd", "passwd"),
            entry("use customise with write, upload or copyIn.", "write_files", "files", "extra_trees"),
            entry("in customise, " + ACCOUNT, "users", "user", "groups"),
            entry("write it customise.", "customize", "customization", "customisation", "actions", "steps"),
            entry("use formats.", "format", "output", "outputs", "output_format", "output_formats", "post_processors"),
            entry("use source.media.", "media", "iso_url", "input", "image", "base", "base_image", "builders"),
            entry("use size.", "disk_size", "virtual_size", "image_size"),
            entry("use checksums.", "checksum", "digest", "digests", "hashes"),
            entry("use sysprep.enable and sysprep.disable.", "operations", "enable", "disable", "clean"),
            entry(ofRun(SettingName.VERSION), "version"),
            entry(ofRun(SettingName.OUTPUT_DIRECTORY), "output_directory", "output_dir", "outfile"),
            entry("use properties or labels.", "metadata", "tags", "annotations"),
            entry(
                    "make the root file system with the distribution's tools first, such as mmdebstrap; source.tree names it.",
                    "distribution",
                    "release"));

    /** Our keys, in any section that has them, by words for the same. */
    private static final Map<String, List<String>> SYNONYMS = synonyms(
            "path", "file dest destination to target_path filename remote dst directory dir name",
            "source", "src from local file host path",
            "into", "dest destination to path directory dst",
            "media", "file path image url disk location medium",
            "mode", "permissions perms perm chmod",
            "owner", "chown uid ownership user",
            "content", "contents text data body value",
            "hash", "password passwd crypted hashed_passwd pw",
            "key", "keys public_key pubkey ssh_key ssh_authorized_keys authorized_key",
            "user", "username login account",
            "match", "regex regexp pattern search expression from",
            "replace", "replacement with by to substitution",
            "line", "text content value",
            "zone", "timezone tz name",
            "target", "to source src destination",
            "script", "content file path command run",
            "type", "format name",
            "file", "filename name path output",
            "slack", "free margin",
            "params", "parameters options");

    private ForeignWords() {}

    /** The key of a section that a user most likely means by a word of another tool. */
    static Optional<String> synonym(String word, Collection<String> known) {
        return SYNONYMS.getOrDefault(normal(word), List.of()).stream()
                .filter(known::contains)
                .findFirst();
    }

    /** The form in which words are compared. */
    static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private record Entry(Message advice, List<String> words) {}

    private static Entry entry(String advice, String... words) {
        return entry(Message.of(advice), words);
    }

    private static Entry entry(Message advice, String... words) {
        return new Entry(advice, List.of(words));
    }

    private static Message ofRun(SettingName setting) {
        return Message.of("it is no part of a description, ", setting, " sets it.");
    }

    private static Map<String, Message> table(Entry... entries) {
        Map<String, Message> table = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.words().forEach(word -> table.put(normal(word), entry.advice()));
        }
        return Map.copyOf(table);
    }

    private static Map<String, List<String>> synonyms(String... keysAndWords) {
        Map<String, List<String>> synonyms = new LinkedHashMap<>();
        for (int i = 0; i < keysAndWords.length; i += 2) {
            String key = keysAndWords[i];
            for (String word : keysAndWords[i + 1].split(" ", -1)) {
                synonyms.merge(
                        normal(word),
                        List.of(key),
                        (one, other) -> java.util.stream.Stream.concat(one.stream(), other.stream())
                                .toList());
            }
        }
        return Map.copyOf(synonyms);
    }
}
