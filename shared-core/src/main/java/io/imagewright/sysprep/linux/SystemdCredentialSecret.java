package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Removal;

/**
 * The key that systemd encrypts credentials of this machine with, systemd-creds(1), which it makes again when it needs one; and the public
 * part of the key that it has this machine's TPM keep.
 */
public final class SystemdCredentialSecret implements LinuxOperation {

    private static final List<Removal> REMOVALS = List.of(
            Removal.of("var/lib/systemd/credential.secret").scrubbed(),
            Removal.of("var/lib/systemd/tpm2-srk-public-key.*"));

    private static final List<Glob> ENCRYPTED = Stream.of(
                    "etc/credstore.encrypted/*", "usr/lib/credstore.encrypted/*", "usr/local/lib/credstore.encrypted/*")
            .map(Glob::new)
            .toList();

    private static final List<Glob> UNITS = Stream.of("etc/systemd/system/*.service", "etc/systemd/system/*.d/*.conf")
            .map(Glob::new)
            .toList();

    @Override
    public String name() {
        return "systemd-credential-secret";
    }

    @Override
    public String description() {
        return "Deletes the key that systemd encrypts this machine's credentials with.";
    }

    @Override
    public String effect() {
        return REMOVALS.get(0).effect() + " " + REMOVALS.get(1).effect()
                + " Warns where an encrypted credential is there, which nothing can decrypt any more.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        REMOVALS.forEach(removal -> changes.addAll(removal.plan(context)));
        if (!changes.isEmpty()) {
            encrypted(context)
                    .ifPresent(path -> context.warn(Message.of(
                            path + " has a credential that is encrypted for this machine. Machines made from "
                                    + "the image cannot decrypt it: encrypt it there again, or keep the key with `",
                            SettingName.SYSPREP_DISABLE.to("systemd-credential-secret"),
                            "'.")));
        }
        return changes;
    }

    private static Optional<GuestPath> encrypted(OperationContext context) {
        Stream<GuestPath> stored = ENCRYPTED.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .map(Entry::path);
        Stream<GuestPath> units = UNITS.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .flatMap(entry -> ConfigFile.read(context, entry.path()).stream())
                .filter(unit -> unit.text().contains("SetCredentialEncrypted="))
                .map(ConfigFile::path);
        return Stream.concat(stored, units).findFirst();
    }
}
