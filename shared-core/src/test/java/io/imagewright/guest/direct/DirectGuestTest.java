package io.imagewright.guest.direct;

import java.nio.file.Path;
import java.util.function.Consumer;

import io.imagewright.guest.Ext4Guest;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestContract;
import io.imagewright.guest.TreeBuilder;

/** The direct engine on an ext4 file system made by mke2fs, checked by e2fsck whenever it is opened again. */
public class DirectGuestTest extends GuestContract {

    private Path file = Path.of("unset");

    @Override
    protected Guest guest(Consumer<TreeBuilder> content) throws Exception {
        file = folder.newFile().toPath();
        Ext4Guest.make(file, content);
        return Ext4Guest.open(file);
    }

    @Override
    protected Guest reopen(Guest guest) {
        guest.close();
        Ext4Guest.requireSound(file);
        return Ext4Guest.open(file);
    }
}
