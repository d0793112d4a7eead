package io.imagewright.guest.inspect;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/** Whether a medium holds one system that this tool understands; the rules are those of snf-image-creator, reference 1.4. */
public sealed interface Recognition {

    /**
     * It does.
     *
     * @param partition number of the partition with its root
     */
    record Root(int partition) implements Recognition {}

    /**
     * It does not.
     *
     * @param reason in snf-image-creator's words, for the property {@code UNSUPPORTED}
     * @param detail what was found where, for people
     * @param next what to do about it
     */
    record Unsupported(String reason, String detail, Message next) implements Recognition {

        /** One for which another disk is the way out. */
        public Unsupported(String reason, String detail) {
            this(
                    reason,
                    detail,
                    Message.of(
                            "Give a disk with one system on plain partitions, or set ",
                            SettingName.ALLOW_UNSUPPORTED.to("true"),
                            " to take the medium as it is, without sysprep and shrink."));
        }

        /** The error of a build without {@code allowUnsupported}. */
        public ImageException refusal() {
            return ImageException.of(ImageException.Kind.UNSUPPORTED, reason, detail, next);
        }
    }
}
