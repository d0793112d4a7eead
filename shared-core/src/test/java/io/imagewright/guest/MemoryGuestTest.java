package io.imagewright.guest;

import java.util.function.Consumer;

public class MemoryGuestTest extends GuestContract {

    @Override
    protected Guest guest(Consumer<TreeBuilder> content) {
        return MemoryGuest.of(content);
    }
}
