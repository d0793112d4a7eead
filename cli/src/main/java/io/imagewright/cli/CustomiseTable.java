package io.imagewright.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.imagewright.cli.CustomiseOption.Needless;
import io.imagewright.cli.CustomiseOption.Refused;
import io.imagewright.cli.CustomiseOption.Served;
import io.imagewright.spec.Node;

/** The options of virt-customize, a row each. Source: virt-customize(1) and virt-builder(1) of guestfs-tools 1.48 and later. */
final class CustomiseTable {

    private static final String FILE = "file:";
    private static final String STRING = "string:";
    private static final String LOCKED = "locked";

    private static final String NO_PROGRAM = "no program of the guest runs while an image is built";
    private static final String SCRIPT =
            "Use --firstboot, or --host-run SCRIPT, which runs where the guest is mounted and" + " may call chroot.";
    private static final String INSIDE = "nothing is copied or moved inside the guest";
    private static final String NO_SUBSCRIPTION = "no guest is registered while an image is built";
    private static final String NO_DOMAIN = "images are made from disks";

    private static final List<CustomiseOption> ALL = List.of(
            pair("--append-line", "FILE:LINE", "Adds a line at the end of a file.", "appendLine", "path", "line"),
            served(
                    "--chmod",
                    "MODE:FILE",
                    "Sets a mode, in octal with a 0 in front.",
                    text -> List.of(chmod(text, text.halves("MODE:FILE")))),
            served(
                    "--chown",
                    "OWNER:FILE",
                    "Sets owner, group or both: user, user:group or :group.",
                    CustomiseTable::chown),
            served(
                    "--commands-from-file",
                    "FILE",
                    "Reads these options from a file, one on each line, without hyphens: write /etc/motd:Hello.",
                    CommandsFile::actions),
            served(
                    "--copy-in",
                    "LOCAL:DIR",
                    "Copies a file or directory of this machine into a directory of the guest.",
                    CustomiseTable::copyIn),
            served("--delete", "PATH", "Removes a file, or a directory with all below.", CustomiseTable::delete),
            served(
                    "--edit",
                    "FILE:EXPR",
                    "Edits a file, line by line, by a substitution of Perl: s/REGEX/REPLACEMENT/g.",
                    CustomiseTable::edit),
            served(
                    "--firstboot",
                    "SCRIPT",
                    "Runs a script of this machine once, at the guest's first boot.",
                    text -> List.of(text.action("firstboot", "script", FILE + text.value()))),
            served(
                    "--firstboot-command",
                    "COMMAND",
                    "Runs a command line of sh once, at the guest's first boot.",
                    text -> List.of(text.action("firstboot", "script", "#!/bin/sh\n" + text.value() + "\n"))),
            one("--hostname", "NAME", "Sets the host name.", "hostname", "name"),
            served("--link", "TARGET:LINK[:LINK...]", "Creates symbolic links.", CustomiseTable::links),
            one("--mkdir", "DIR", "Creates a directory, and those above it.", "mkdir", "path"),
            served(
                    "--password",
                    "USER:SELECTOR",
                    "Sets a password: USER:file:FILE with a hash in the file, or USER:locked.",
                    text -> {
                        List<String> halves = text.halves("USER:SELECTOR");
                        return List.of(password(text, halves.get(0), halves.get(1)));
                    }),
            served(
                    "--root-password",
                    "SELECTOR",
                    "Sets root's password: file:FILE with a hash in the file, or locked.",
                    text -> List.of(password(text, "root", text.value()))),
            served("--scrub", "FILE", "As --delete: deleted data is zeroed in every image.", CustomiseTable::delete),
            served(
                    "--ssh-inject",
                    "USER:SELECTOR",
                    "Adds a public SSH key of a user: USER:file:FILE or USER:string:KEY.",
                    CustomiseTable::sshInject),
            one("--timezone", "ZONE", "Sets the time zone.", "timezone", "zone"),
            served(
                    "--truncate",
                    "FILE",
                    "Empties a file.",
                    text -> List.of(text.action("write", "path", text.value(), "content", ""))),
            served(
                    "--upload",
                    "FILE:DEST",
                    "Copies a file of this machine to a file of the guest.",
                    CustomiseTable::upload),
            pair("--write", "FILE:CONTENT", "Writes this content to a file of the guest.", "write", "path", "content"),
            new Needless("--no-logfile", "a build leaves no log in the guest"),
            new Needless(
                    "--selinux-relabel", "a guest with SELinux whose files changed labels itself at its first boot"),
            new Needless("--network", "a build needs none"),
            new Needless("--no-network", "a build uses none"),
            new Refused("--install", NO_PROGRAM, SCRIPT),
            new Refused("--uninstall", NO_PROGRAM, SCRIPT),
            new Refused("--update", NO_PROGRAM, SCRIPT),
            new Refused("--run", NO_PROGRAM, SCRIPT),
            new Refused("--run-command", NO_PROGRAM, SCRIPT),
            new Refused("--firstboot-install", NO_PROGRAM, "Use --firstboot-command with the guest's package manager."),
            new Refused("--copy", INSIDE, "Use --copy-in, or --firstboot."),
            new Refused("--move", INSIDE, "Use --copy-in and --delete, or --firstboot."),
            new Refused("--touch", "no action only changes times", "Use --write FILE: for an empty file."),
            new Refused(
                    "--truncate-recursive", "no action empties all files of a directory", "Use --truncate for each."),
            new Refused(
                    "--password-crypto",
                    "passwords are given as hashes",
                    "Choose the method where the hash is made: openssl passwd -6."),
            new Refused("--tar-in", "archives are not unpacked", "Unpack it, and use --copy-in DIR:DIR."),
            new Refused("--inject-qemu-ga", NO_PROGRAM, "Use --firstboot-command with the guest's package manager."),
            new Refused("--inject-virtio-win", "drivers come from a directory", "Use --install-virtio DIR."),
            new Refused("--sm-attach", NO_SUBSCRIPTION, "Use --firstboot."),
            new Refused("--sm-credentials", NO_SUBSCRIPTION, "Use --firstboot."),
            new Refused("--sm-register", NO_SUBSCRIPTION, "Use --firstboot."),
            new Refused(
                    "--sm-remove", NO_SUBSCRIPTION, "The operation rh-subscription-manager removes a registration."),
            new Refused(
                    "--sm-unregister",
                    NO_SUBSCRIPTION,
                    "The operation rh-subscription-manager removes a registration."),
            new Refused("--add", NO_DOMAIN, "Name the disk itself, and further ones with --disk."),
            new Refused("--domain", NO_DOMAIN, "Name its disk, while it is shut off."),
            new Refused("--connect", NO_DOMAIN, "Name the disk itself."),
            new Refused("--attach", "no disk but the guest's is attached", "Use --upload or --copy-in."),
            new Refused("--attach-format", "no disk but the guest's is attached", "Use --upload or --copy-in."),
            new Refused("--dry-run", "it is a command of its own", "Use `imagewright plan`."),
            new Refused("--dryrun", "it is a command of its own", "Use `imagewright plan`."),
            new Refused("--memsize", "it has another name", "Use --appliance-memory."),
            new Refused("--smp", "it has another name", "Use --appliance-processors."),
            new Refused("--quiet", "it has another name", "Use --silent."),
            new Refused("--key", "secrets must not be arguments", "Set IMAGEWRIGHT_LUKS_KEY, or use --secrets-stdin."),
            new Refused("--keys-from-stdin", "it has another name", "Use --secrets-stdin."),
            new Refused(
                    "--echo-keys", "no passphrase is asked for", "Set IMAGEWRIGHT_LUKS_KEY, or use --secrets-stdin."));

    private CustomiseTable() {}

    /** All of them. */
    static List<CustomiseOption> all() {
        return ALL;
    }

    /** By the name of a command in a file: the option's, without its hyphens. */
    static Optional<CustomiseOption> command(String name) {
        return ALL.stream().filter(option -> option.name().equals("--" + name)).findFirst();
    }

    private static Served served(
            String name, String label, String description, Function<CustomiseText, List<Node>> actions) {
        return new Served(name, label, description, actions);
    }

    /** The whole value is one key of an action. */
    private static Served one(String name, String label, String description, String action, String key) {
        return served(name, label, description, text -> List.of(text.action(action, key, text.value())));
    }

    /** Both halves of the value are keys of an action. */
    private static Served pair(
            String name, String label, String description, String action, String first, String second) {
        return served(name, label, description, text -> {
            List<String> halves = text.halves(label);
            return List.of(text.action(action, first, halves.get(0), second, halves.get(1)));
        });
    }

    private static Node chmod(CustomiseText text, List<String> halves) {
        if (!halves.get(0).startsWith("0")) {
            throw text.bad(
                    "the mode does not begin with 0, and to virt-customize it would be decimal",
                    "Write it in octal: 0" + (halves.get(0).matches("[0-7]{3}") ? halves.get(0) : "644") + ".");
        }
        return text.action("chmod", "mode", halves.get(0), "path", halves.get(1));
    }

    private static List<Node> chown(CustomiseText text) {
        int end = text.value().indexOf(":/");
        if (end <= 0) {
            throw text.bad("expected OWNER:FILE, the file with its absolute path", "Write root:root:/etc/motd.");
        }
        return List.of(text.action(
                "chown",
                "owner",
                text.value().substring(0, end),
                "path",
                text.value().substring(end + 1)));
    }

    /** The directory itself is copied, also with a slash at its end. */
    private static List<Node> copyIn(CustomiseText text) {
        List<String> halves = text.halves("LOCAL:DIR");
        String source = halves.get(0).replaceFirst("(?<=.)/+$", "");
        return List.of(text.action("copyIn", "source", source, "into", halves.get(1)));
    }

    private static List<Node> delete(CustomiseText text) {
        if (text.value().chars().anyMatch(character -> "*?[".indexOf(character) >= 0)) {
            throw text.bad("patterns are not expanded here", "Name each file, or the directory.");
        }
        return List.of(text.action("delete", "path", text.value()));
    }

    private static List<Node> edit(CustomiseText text) {
        List<String> halves = text.halves("FILE:EXPR");
        PerlSubstitution substitution = PerlSubstitution.parse(text, halves.get(1));
        return List.of(text.action(
                "edit",
                Map.of("path", halves.get(0), "match", substitution.match(), "replace", substitution.replace())));
    }

    private static List<Node> links(CustomiseText text) {
        List<String> names = Arrays.asList(text.value().split(":", -1));
        if (names.size() < 2 || names.contains("")) {
            throw text.bad("expected TARGET:LINK[:LINK...]", "Write where the link leads, then the link.");
        }
        return names.stream()
                .skip(1)
                .map(link -> text.action("link", "path", link, "target", names.get(0)))
                .toList();
    }

    private static Node password(CustomiseText text, String user, String selector) {
        if (selector.equals(LOCKED) || selector.equals("disabled")) {
            return text.action("password", "user", user, "hash", LOCKED);
        }
        if (selector.startsWith(FILE) && selector.length() > FILE.length()) {
            return text.action("password", "user", user, "hash", selector);
        }
        if (selector.startsWith("password:") || selector.startsWith("locked:password:")) {
            throw text.bad(
                    "a password must not be an argument, as all users of this machine can see arguments",
                    "Write a hash into a file, openssl passwd -6 > FILE, and use file:FILE.");
        }
        if (selector.equals("random")) {
            throw text.bad(
                    "a random password would have to be printed", "Use file:FILE with a hash in it, or --ssh-inject.");
        }
        throw text.bad(
                "expected file:FILE, locked or disabled", "The file contains a hash, as openssl passwd -6 prints it.");
    }

    private static List<Node> sshInject(CustomiseText text) {
        List<String> halves = text.value().contains(":") ? text.halves("USER:SELECTOR") : List.of(text.value(), "");
        String selector = halves.get(1);
        String key = selector.startsWith(STRING) ? selector.substring(STRING.length()) : selector;
        if (key.isEmpty() || (!selector.startsWith(STRING) && !selector.startsWith(FILE))) {
            throw text.bad(
                    "no key is given",
                    "Write USER:file:FILE, for example root:file:$HOME/.ssh/id_ed25519.pub, or USER:string:KEY.");
        }
        return List.of(text.action("sshInject", "user", halves.get(0), "key", key));
    }

    private static List<Node> upload(CustomiseText text) {
        List<String> halves = text.halves("FILE:DEST");
        String file = halves.get(0);
        String into = halves.get(1);
        String path = into.endsWith("/") ? into + file.substring(file.lastIndexOf('/') + 1) : into;
        return List.of(text.action("upload", "source", file, "path", path));
    }
}
