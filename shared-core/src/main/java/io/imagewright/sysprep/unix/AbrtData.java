package io.imagewright.sysprep.unix;

import java.util.List;

/** Problems that ABRT has collected: core dumps with all that programs had in memory. */
public final class AbrtData implements UnixOperation, Deletion {

    @Override
    public String name() {
        return "abrt-data";
    }

    @Override
    public String description() {
        return "Deletes the problems that ABRT has collected.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/spool/abrt/*"));
    }
}
