package io.imagewright.hive;

/**
 * A change to a hive. Keys are given by their path from the hive's root, names joined by backslashes, in any case; {@code CurrentControlSet}
 * at its beginning means the control set that Windows would take, as in a running system. Immutable.
 */
public sealed interface HiveEdit {

    /** Path of the key. */
    String key();

    /**
     * What happens, in words.
     *
     * @param root how people call the hive's root, for example {@code HKLM\SYSTEM}
     */
    String describe(String root);

    /** Sets a value of a key, which is made, with those above it, when it is missing; other values stay. */
    record SetValue(String key, HiveValue value) implements HiveEdit {

        @Override
        public String describe(String root) {
            return "set " + named(root, key, value.name()) + " to " + value.describe();
        }
    }

    /** Removes a value. Nothing there is no error. */
    record DeleteValue(String key, String name) implements HiveEdit {

        @Override
        public String describe(String root) {
            return "delete " + named(root, key, name);
        }
    }

    /** Removes a key with everything below. Nothing there is no error. */
    record DeleteKey(String key) implements HiveEdit {

        @Override
        public String describe(String root) {
            return "delete " + root + "\\" + key + " with everything below";
        }
    }

    private static String named(String root, String key, String value) {
        return root + "\\" + key + "\\" + (value.isEmpty() ? "(default)" : value);
    }
}
