package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsFirstBoot;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;

/**
 * Microsoft's own sysprep, which only a running Windows can do: each machine that is deployed runs it at its first boot, after all other
 * scripts, and restarts into its setup.
 */
public final class MicrosoftSysprep implements WindowsOperation {

    private static final String SYSPREP =
            "\"%SystemRoot%\\System32\\Sysprep\\sysprep.exe\" /quiet /generalize /oobe /reboot";

    @Override
    public String name() {
        return "microsoft-sysprep";
    }

    @Override
    public String description() {
        return "Has each deployed machine generalise itself with Microsoft's sysprep at its first boot; not where that was done already.";
    }

    @Override
    public String effect() {
        return "At first boot, last: runs `" + SYSPREP + "`, with `/unattend:` when there is an answer file in "
                + "`\\Windows\\Panther\\unattend.xml`. Nothing in a guest that is generalised already.";
    }

    @Override
    public List<Change> plan(OperationContext context, WindowsSystem system) {
        if (system.isGeneralised()) {
            return List.of();
        }
        boolean answers = system.has(InstallUnattend.FILE);
        return new WindowsFirstBoot(system, context.guest())
                .last(SYSPREP + (answers ? " /unattend:\"%SystemRoot%\\Panther\\unattend.xml\"" : ""));
    }
}
