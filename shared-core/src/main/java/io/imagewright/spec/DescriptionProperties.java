package io.imagewright.spec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where a description file's references {@code ${name}} get their values. Each front end has its own. */
public interface DescriptionProperties {

    /** No property at all. */
    DescriptionProperties NONE = new DescriptionProperties() {
        @Override
        public Optional<String> value(String name) {
            return Optional.empty();
        }

        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public String possible() {
            return "No property is known here.";
        }
    };

    /**
     * The value of a property.
     *
     * @param name of letters, digits and {@code . _ - [ ] ( )}
     * @return empty when there is none of this name
     * @throws io.imagewright.error.ImageException DESCRIPTION when it is no text
     */
    Optional<String> value(String name);

    /** Names that are known, to suggest one; more may exist. */
    Collection<String> names();

    /** A sentence for the user whose reference is unknown: which properties there are and how to define one. */
    String possible();
}
