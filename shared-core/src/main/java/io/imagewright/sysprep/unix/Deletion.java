package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;

/** An operation that does nothing but take files out of a guest. */
public interface Deletion extends Operation {

    /** What it takes out. */
    List<Removal> removals();

    @Override
    default String effect() {
        return removals().stream().map(Removal::effect).collect(Collectors.joining(" "));
    }

    @Override
    default List<Change> plan(OperationContext context) {
        return removals().stream()
                .flatMap(removal -> removal.plan(context).stream())
                .toList();
    }
}
