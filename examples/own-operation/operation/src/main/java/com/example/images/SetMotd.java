package com.example.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;

/** Sets the message of the day. */
public final class SetMotd implements Operation {

    private static final GuestPath MOTD = GuestPath.of("/etc/motd");

    private static final Parameter TEXT =
            new Parameter("motd_text", ParameterType.STRING, "Property of Example Inc.", "The message of the day.");

    /** Bytes; a longer one is no message. */
    private static final int LIMIT = 1 << 20;

    @Override
    public String name() {
        return "set-motd";
    }

    @Override
    public String description() {
        return "Sets the message of the day.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.isLinux();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TEXT);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        GuestTree guest = context.guest();
        if (guest.resolve(GuestPath.of("/etc")).isEmpty()) {
            context.warn("The guest has no /etc: it gets no message of the day.");
            return List.of();
        }
        Bytes wanted = Bytes.of(context.parameter(TEXT.name()).get(0) + "\n");
        Optional<FileStat> there = guest.stat(MOTD);
        boolean isFile = there.filter(FileStat::isRegular).isPresent();
        if (isFile && wanted.equals(guest.read(List.of(MOTD), LIMIT).get(MOTD))) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        if (there.isPresent() && !isFile) {
            // older Debians link it to a file below /run that is made at each boot; a write would follow the link
            changes.add(new Change.Delete(MOTD));
        }
        changes.add(Change.Write.of(MOTD, wanted));
        return changes;
    }
}
