package io.imagewright.boot;

import java.util.Optional;

/** Something that a guest does once it is up. */
sealed interface Sign {

    /** For people. */
    String words();

    /** A line on the first serial port that holds a match of a regular expression. */
    record Text(String regex) implements Sign {

        @Override
        public String words() {
            return "'" + regex + "' on the serial console";
        }
    }

    /** A TCP port that takes a connection. */
    record Port(int number) implements Sign {

        private static final int LARGEST = 65_535;

        @Override
        public String words() {
            return "a connection to port " + number;
        }

        static Optional<Port> of(String digits) {
            return digits.matches("[1-9]\\d{0,4}") && Integer.parseInt(digits) <= LARGEST
                    ? Optional.of(new Port(Integer.parseInt(digits)))
                    : Optional.empty();
        }
    }

    /** QEMU's guest agent opens its channel. */
    record Agent() implements Sign {

        @Override
        public String words() {
            return "QEMU's guest agent";
        }
    }

    /** The guest switches itself off when the power button is pressed; only asked of a guest that shows nothing else, as it ends there. */
    record PowerButton() implements Sign {

        @Override
        public String words() {
            return "an answer to the power button";
        }
    }
}
