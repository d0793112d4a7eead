package io.imagewright.spec;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.SettingName;

/** All keys of a description that a message can name, for tests of all modules. */
public final class SchemaPaths {

    private SchemaPaths() {}

    /** Every key, sections among them, keys of the items of lists, and an entry of each map. */
    public static List<SettingName> all() {
        List<SettingName> paths = new ArrayList<>();
        add("", Schema.IMAGE, paths);
        return paths;
    }

    private static void add(String above, ValueType type, List<SettingName> paths) {
        if (type instanceof ValueType.Either either) {
            add(above, either.section(), paths);
        } else if (type instanceof ValueType.ListOf list) {
            add(above, list.item(), paths);
        } else if (type instanceof ValueType.MapOf) {
            paths.add(SettingName.of(above + "some_key"));
        } else if (type instanceof ValueType.Section section) {
            for (Setting key : section.keys()) {
                paths.add(SettingName.of(above + key.name()));
                add(above + key.name() + ".", key.type(), paths);
            }
        }
    }
}
