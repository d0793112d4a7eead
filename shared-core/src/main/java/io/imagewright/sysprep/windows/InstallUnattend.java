package io.imagewright.sysprep.windows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;

/** The answers to what Windows asks when it sets itself up, where its setup looks for them. */
public final class InstallUnattend implements WindowsOperation {

    /** Below the system's directory; Microsoft's "Windows Setup Automation Overview" has the places. */
    static final String FILE = "Panther/unattend.xml";

    private static final Parameter UNATTEND = new Parameter(
            "unattend", ParameterType.FILE, "", "Answer file (unattend.xml) of this machine; empty for none.");

    @Override
    public String name() {
        return "install-unattend";
    }

    @Override
    public String description() {
        return "Puts the answer file of the parameter unattend where the setup of Windows finds it.";
    }

    @Override
    public String effect() {
        return "Offline: writes the file that the parameter `unattend` names to `\\Windows\\Panther\\unattend.xml`. Nothing "
                + "without the parameter.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(UNATTEND);
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context, WindowsSystem system) {
        String file = context.parameter(UNATTEND.name()).get(0);
        if (file.isEmpty()) {
            return List.of();
        }
        byte[] answers = HostFiles.read(Path.of(file));
        if (!Bytes.of(answers).text().replace("\0", "").contains("<unattend")) {
            throw HostFiles.unusable(Path.of(file), "it is no answer file: it has no element unattend");
        }
        List<Change> changes = new ArrayList<>();
        GuestPath directory = system.place("Panther");
        if (context.guest().stat(directory).isEmpty()) {
            changes.add(new Change.MakeDirectory(directory, 0755, 0, 0));
        }
        HostFiles.write(context.guest(), system.place(FILE), answers).ifPresent(changes::add);
        return changes;
    }
}
