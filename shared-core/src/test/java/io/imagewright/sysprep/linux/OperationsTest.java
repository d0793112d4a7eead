package io.imagewright.sysprep.linux;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

import io.imagewright.sysprep.Operation;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class OperationsTest {

    @Test
    public void serviceLoader_findsAllInAnOrderThatMakesSense() {
        List<Operation> operations = ServiceLoader.load(Operation.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(operation -> operation.getClass().getName().startsWith("io.imagewright."))
                .sorted(Comparator.comparing(Operation::phase).thenComparing(Operation::name))
                .toList();
        // swap goes before device names are replaced, so that no line is mended only to be removed
        assertEquals(
                List.of(
                        "cleanup-cache",
                        "cleanup-log",
                        "cleanup-tmp",
                        "cleanup-userdata",
                        "cleanup-passwords",
                        "clear-local-machine-id-configuration-file",
                        "remove-persistent-net-rules",
                        "ssh-hostkeys",
                        "remove-swap-entry",
                        "use-persistent-block-device-names"),
                operations.stream().map(Operation::name).toList());
        assertTrue(operations.stream().allMatch(Operation::enabledByDefault));
    }
}
