package io.imagewright.sysprep;

import java.util.List;
import java.util.Set;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.Facts;

/**
 * One system-preparation operation. Found through {@link java.util.ServiceLoader}, so a jar on the class path can add some. It
 * reads the guest through the context's view, in which the changes of earlier operations already show, and returns changes; it never writes.
 * Implementations are stateless and have a public constructor without arguments.
 *
 * <p>The same guest gets the same answer, whenever and wherever it is asked: an image must not depend on clock or machine. An operation that
 * meets what only the user can fix throws an {@link io.imagewright.error.ImageException}; anything else that it throws counts as its
 * failure. The manual's page "Writing your own operation" has more.
 */
public interface Operation {

    /** When an operation runs, in this order; within a phase operations run by name. */
    enum Phase {
        /** Removes files and data. */
        CLEAN,
        /** Changes accounts and identity. */
        IDENTITY,
        /** Changes configuration. */
        CONFIGURE,
        /** Gives volumes other ids, and replaces the old ones wherever they are used. */
        VOLUMES
    }

    /** The name users write, in kebab-case: lower-case letters and digits, words joined by hyphens. */
    String name();

    /** Other names that select it. */
    default Set<String> aliases() {
        return Set.of();
    }

    /** One sentence for people. */
    String description();

    /** Exactly what it changes, in Markdown, for the manual. */
    default String effect() {
        return description();
    }

    /** When it runs. */
    default Phase phase() {
        return Phase.CLEAN;
    }

    /** Whether it runs unless disabled. */
    default boolean enabledByDefault() {
        return true;
    }

    /**
     * What stays in the image while the operation is off, where that should not be shared silently: a noun, as in "keys of VPNs". Empty when the
     * operation removes nothing of the kind, or is on by default. Such an operation is planned although it is off, and one warning names the files
     * that it would change, unless {@code sysprep.disable} names it.
     */
    default String keptWhenOff() {
        return "";
    }

    /** Whether it makes sense for this guest; when not, it is skipped with this as the reason in the report. */
    boolean appliesTo(Facts facts);

    /** Parameters it reads. Operations that declare the same name share one parameter and must declare it alike. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * Refuses values of its parameters that their types allow and it cannot use. Called before any work, and only of an operation that was selected.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION naming the parameter
     */
    default void check(ParameterValues parameters) {}

    /** Whether, with these values, only an engine that mounts the guest can do it. */
    default boolean needsMount(ParameterValues parameters) {
        return false;
    }

    /** What it would change, in the order in which it must happen; what would change nothing is left out. */
    List<Change> plan(OperationContext context);
}
