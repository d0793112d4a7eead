package io.imagewright.cli;

import java.util.List;
import java.util.function.Function;

import io.imagewright.spec.Node;

/** An option of virt-customize, and what becomes of it here. */
sealed interface CustomiseOption {

    /** With its hyphens. */
    String name();

    /**
     * One that actions of {@code customise} serve.
     *
     * @param label its value in help texts
     * @param actions items of {@code customise}; throws an {@link io.imagewright.error.ImageException} DESCRIPTION for a bad value
     */
    record Served(String name, String label, String description, Function<CustomiseText, List<Node>> actions)
            implements CustomiseOption {}

    /**
     * One that asks for what happens anyway; it has no value.
     *
     * @param reason follows "has no effect here, as"
     */
    record Needless(String name, String reason) implements CustomiseOption {}

    /**
     * One that nothing serves.
     *
     * @param instead a sentence: what to use
     */
    record Refused(String name, String reason, String instead) implements CustomiseOption {}
}
