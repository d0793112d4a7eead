package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Reachable;

/**
 * The name by which iSCSI targets know this machine. Two machines of one name break each other's sessions. Each family makes a name in its
 * own way: Debian's startup-checks.sh where the file asks for it, open-iscsi's and Red Hat's units where the file is missing.
 */
public final class IscsiInitiatorName implements LinuxOperation {

    private static final GuestPath FILE = GuestPath.of("/etc/iscsi/initiatorname.iscsi");
    private static final Pattern NAMED = Pattern.compile("(?m)^[ \t]*InitiatorName[ \t]*=[ \t]*[^ \t\r\n]");
    private static final String GENERATE = "GenerateName=yes\n";

    private static final List<GuestPath> DEBIAN = Stream.of(
                    "/usr/lib/open-iscsi/startup-checks.sh", "/lib/open-iscsi/startup-checks.sh")
            .map(GuestPath::of)
            .toList();

    private static final List<GuestPath> UNITS = Stream.of("/etc", "/usr/lib", "/lib")
            .flatMap(top -> Stream.of("iscsi-init.service", "coreos-generate-iscsi-initiatorname.service")
                    .map(unit -> GuestPath.of(top + "/systemd/system/" + unit)))
            .toList();

    @Override
    public String name() {
        return "iscsi-initiator-name";
    }

    @Override
    public String description() {
        return "Removes the iSCSI initiator name, and sees to it that each machine makes its own.";
    }

    @Override
    public String effect() {
        return "Where `/etc/iscsi/initiatorname.iscsi` has an `InitiatorName=`: writes `GenerateName=yes` in its place where Debian's "
                + "`/lib/open-iscsi/startup-checks.sh` is there, and deletes the file elsewhere, where `iscsi-init.service` makes it; warns "
                + "where that is not there either.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Optional<ConfigFile> file = ConfigFile.read(context, FILE)
                .filter(found -> NAMED.matcher(found.text()).find());
        if (file.isEmpty()) {
            return List.of();
        }
        GuestPath path = file.get().path();
        if (isOneThere(context, DEBIAN)) {
            return List.of(Change.Write.of(path, Bytes.of(GENERATE)));
        }
        if (!isOneThere(context, UNITS)) {
            context.warn(
                    "Nothing in the guest makes an iSCSI initiator name, and " + FILE
                            + " is deleted: iscsid does not start on machines made from this image until `iscsi-iname' has made one.");
        }
        return List.of(new Change.Delete(path));
    }

    private static boolean isOneThere(OperationContext context, List<GuestPath> files) {
        return files.stream()
                .anyMatch(file -> Reachable.regularFile(context, file).isPresent());
    }
}
