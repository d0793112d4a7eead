package io.imagewright.sysprep.windows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;
import io.imagewright.sysprep.OperationContext;

/** An operation that does nothing but set values of the registry. */
interface RegistryOperation extends WindowsOperation {

    /** A value of a key in a hive of the machine. */
    record Setting(String hive, String key, HiveValue value) {

        HiveEdit edit() {
            return new HiveEdit.SetValue(key, value);
        }
    }

    /** What it sets. */
    List<Setting> settings();

    @Override
    default String effect() {
        return settings().stream()
                .map(setting -> "`" + setting.edit().describe("HKLM\\" + setting.hive()) + "`")
                .collect(Collectors.joining(", ", "Offline, in the registry: ", "."));
    }

    @Override
    default List<Change> plan(OperationContext context, WindowsSystem system) {
        return settings().stream()
                .map(setting -> system.edit(setting.hive(), setting.edit()))
                .flatMap(Optional::stream)
                .toList();
    }
}
