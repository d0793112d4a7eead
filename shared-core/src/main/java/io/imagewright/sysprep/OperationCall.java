package io.imagewright.sysprep;

import java.util.Arrays;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Calls of operations, which may be anybody's code: a failure names its operation. */
final class OperationCall {

    private OperationCall() {}

    /**
     * The answer of an operation.
     *
     * @throws ImageException INTERNAL when it fails in a way that it does not explain itself
     */
    static <T> T of(Operation operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (ImageException expected) {
            throw expected;
        } catch (RuntimeException | LinkageError failure) {
            throw ImageException.of(
                    ImageException.Kind.INTERNAL,
                    "The sysprep operation " + operation.name() + " failed",
                    failure + place(operation, failure),
                    Message.of(
                            "Set ",
                            SettingName.SYSPREP_DISABLE.to(operation.name()),
                            " to build without it, and report this to its author."),
                    failure);
        }
    }

    /** Takes up the changes of an operation, which may not fit the guest. */
    static void adding(Operation operation, Runnable add) {
        try {
            add.run();
        } catch (ImageException unfit) {
            throw ImageException.of(
                    unfit.kind(),
                    Message.of(
                            "The sysprep operation ",
                            operation.name(),
                            " (",
                            operation.getClass().getName(),
                            ") wants a change that cannot be made"),
                    unfit.problem(),
                    Message.of(
                            "Look at that path in the guest, or set ",
                            SettingName.SYSPREP_DISABLE.to(operation.name()),
                            " to build without it."),
                    unfit);
        }
    }

    /** Where in the operation's own class, for its author. */
    private static String place(Operation operation, Throwable failure) {
        String type = operation.getClass().getName();
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse(" in " + type);
    }
}
