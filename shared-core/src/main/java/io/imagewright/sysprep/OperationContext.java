package io.imagewright.sysprep;

import java.util.List;

import io.imagewright.guest.Facts;
import io.imagewright.guest.GuestTree;

/** What an operation sees. */
public interface OperationContext {

    /** The guest, with the changes of earlier operations already showing. */
    GuestTree guest();

    /** What inspection found. */
    Facts facts();

    /**
     * Value of a declared parameter, checked by its type; a list type gives its items, the others exactly one.
     *
     * @throws IllegalArgumentException when no operation declares it
     */
    List<String> parameter(String name);

    /** Tells the user something that the operation met; a full sentence. */
    void warn(String message);
}
