package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.spec.ActionSchema;

/**
 * {@code sshInject}: adds public keys to a user's ~/.ssh/authorized_keys, unless they are there, with the modes and the owner that sshd
 * asks for. An account that is only locked ({@code !}, as the clean-up leaves it) becomes one without a password: sshd without PAM
 * lets nobody into a locked one, not even with a key.
 */
record SshInject(String user, HostText key) implements Action {

    /** A line of authorized_keys, see sshd(8): options or not, then a type and the key in base 64. */
    private static final Pattern KEY = Pattern.compile(
            "(?:.*[ \t])?(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\\.com)"
                    + "(?:-cert-v01@openssh\\.com)?[ \t]+AAAA[A-Za-z0-9+/]{16,}={0,2}(?:[ \t].*)?");

    private static final Set<String> ONLY_LOCKED = Set.of("!", "!!");
    private static final int DIRECTORY_MODE = 0700;
    private static final int FILE_MODE = 0600;

    @Override
    public List<HostFile> hostFiles() {
        return key.files();
    }

    @Override
    public List<Change> plan(Target target) {
        target.refuseWindows("copy the keys with upload");
        UserDatabase.User account = UserDatabase.of(target).user(user);
        Entry home = home(target, account);
        GuestPath directory = inside(target, home, home.path().child(".ssh"));
        GuestPath file = inside(target, home, directory.child("authorized_keys"));
        Attributes.Content keys = (path, mode, owner, group) ->
                new Change.Write(path, Bytes.ofText(withKeys(target.text(path).orElse(""))), mode, owner, group);

        List<Change> changes = new ArrayList<>();
        changes.addAll(own(target, account, directory, DIRECTORY_MODE));
        if (target.find(directory).isEmpty()) {
            changes.add(new Change.MakeDirectory(directory, DIRECTORY_MODE, account.uid(), account.gid()));
        }
        Optional<String> text = target.text(file);
        if (text.isEmpty() || !withKeys(text.get()).equals(text.get())) {
            changes.add(keys.to(file, FILE_MODE, account.uid(), account.gid()));
        }
        changes.addAll(own(target, account, file, FILE_MODE));
        ShadowFile shadow = new ShadowFile(target);
        if (shadow.field(user).filter(ONLY_LOCKED::contains).isPresent()) {
            changes.addAll(shadow.set(user, ShadowFile.NO_PASSWORD, false));
        }
        return changes;
    }

    private static Entry home(Target target, UserDatabase.User account) {
        boolean plain = account.home().matches("/[^\\x00-\\x1f\\x7f]*") && !(account.home() + "/").contains("/../");
        return Optional.of(account.home())
                .filter(home -> plain)
                .flatMap(home -> target.find(GuestPath.of(home)))
                .filter(home -> home.stat().isDirectory() && home.path().depth() > 0)
                .orElseThrow(() -> Target.refused(
                        "the user " + account.name() + " has no home directory in the guest",
                        "Make it with mkdir before."));
    }

    /** The canonical place of a file of the user's; a link that leads out of their home is no place to give them files. */
    private static GuestPath inside(Target target, Entry home, GuestPath path) {
        Optional<Entry> there = target.find(path);
        boolean dangling = there.isEmpty() && target.guest().stat(path).isPresent();
        if (dangling
                || there.filter(entry -> !entry.path().startsWith(home.path())).isPresent()) {
            throw Target.refused(
                    path + " of the guest is a link that leads out of the home directory or nowhere",
                    "Delete it there first.");
        }
        return there.map(Entry::path).orElse(path);
    }

    private static List<Change> own(Target target, UserDatabase.User account, GuestPath path, int mode) {
        Owner owner = new Owner(Optional.of(String.valueOf(account.uid())), Optional.of(String.valueOf(account.gid())));
        return target.find(path)
                .map(there -> new Attributes(Optional.of(mode), Optional.of(owner)).set(target, there))
                .orElse(List.of());
    }

    private String withKeys(String text) {
        StringBuilder keys = new StringBuilder(text);
        for (String line : keys()) {
            if (text.lines().noneMatch(known -> known.strip().equals(line))) {
                if (keys.length() > 0 && keys.charAt(keys.length() - 1) != '\n') {
                    keys.append('\n');
                }
                keys.append(line).append('\n');
            }
        }
        return keys.toString();
    }

    private List<String> keys() {
        String text = key.read().text();
        if (ActionSchema.holdsPrivateKey(text)) {
            throw Target.refused("that is a private key", "Give the public one, in the file that ends in .pub.");
        }
        List<String> keys = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .distinct()
                .toList();
        if (keys.isEmpty() || !keys.stream().allMatch(line -> KEY.matcher(line).matches())) {
            throw Target.refused(
                    "expected public SSH keys, a line each, such as ssh-ed25519 AAAA... name",
                    "ssh-keygen -y -f KEY prints the public part of a private key.");
        }
        return keys;
    }
}
