package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;

/** An operation for every Windows that is supported. */
public interface WindowsOperation extends Operation {

    @Override
    default boolean appliesTo(Facts facts) {
        return facts.isWindows();
    }

    @Override
    default Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    default List<Change> plan(OperationContext context) {
        return plan(context, WindowsSystem.of(context.guest()));
    }

    /** What it would change. The system's registry is that of the context's guest and not to be closed. */
    List<Change> plan(OperationContext context, WindowsSystem system);
}
