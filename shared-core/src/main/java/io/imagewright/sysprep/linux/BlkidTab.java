package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** libblkid's cache of this machine's devices. Old systems have a link at one of these places, which is no cache. */
public final class BlkidTab implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "blkid-tab";
    }

    @Override
    public String description() {
        return "Deletes libblkid's cache of block devices.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "run/blkid.tab",
                        "run/blkid.tab.old",
                        "run/blkid/blkid.tab",
                        "run/blkid/blkid.tab.old",
                        "var/run/blkid.tab",
                        "var/run/blkid.tab.old",
                        "etc/blkid/blkid.tab",
                        "etc/blkid/blkid.tab.old",
                        "etc/blkid.tab",
                        "etc/blkid.tab.old",
                        "dev/blkid.tab",
                        "dev/blkid.tab.old")
                .onlyFiles());
    }
}
