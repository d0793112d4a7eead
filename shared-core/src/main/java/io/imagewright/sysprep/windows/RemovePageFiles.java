package io.imagewright.sysprep.windows;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.OperationContext;

/** What was in memory, and gigabytes of it. Windows creates these files again. */
public final class RemovePageFiles implements FileRemoval {

    private static final String HIBERNATION = "hiberfil.sys";

    @Override
    public String name() {
        return "remove-page-files";
    }

    @Override
    public String description() {
        return "Deletes page, swap and hibernation file; refuses a Windows that is hibernated.";
    }

    @Override
    public List<String> patterns() {
        return List.of("pagefile.sys", "swapfile.sys", HIBERNATION);
    }

    @Override
    public List<Change> plan(OperationContext context, WindowsSystem system) {
        GuestPath file = system.onVolume(HIBERNATION);
        Optional<FileContent> content = context.guest().open(file);
        byte[] first = new byte[4];
        content.ifPresent(hibernation -> hibernation.read(0, first));
        if (Bytes.of(first).text().toLowerCase(Locale.ROOT).equals("hibr")) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot prepare this Windows",
                    "it is hibernated (or was shut down with fast startup): " + file + " holds what it had in memory",
                    "Boot it once and shut it down with `shutdown /s /t 0', or turn fast startup off (powercfg /h off).");
        }
        return FileRemoval.super.plan(context, system);
    }
}
