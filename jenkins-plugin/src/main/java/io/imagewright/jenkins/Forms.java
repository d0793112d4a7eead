package io.imagewright.jenkins;

import java.util.function.Supplier;

import hudson.model.Item;
import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;

/** Answers of forms, for those who may change the job. */
public final class Forms {

    private Forms() {}

    /** The answer; nothing for others. */
    public static FormValidation check(@Nullable Item item, Supplier<FormValidation> check) {
        return item != null && !item.hasPermission(Item.CONFIGURE) ? FormValidation.ok() : check.get();
    }
}
