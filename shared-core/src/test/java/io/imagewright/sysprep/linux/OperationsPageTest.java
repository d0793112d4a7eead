package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.ManualPage;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;
import io.imagewright.sysprep.Parameter;
import org.junit.Test;

/** The manual's page of operations is made from the code. */
public class OperationsPageTest {

    private static final Operations OPERATIONS = Operations.load(OperationsPageTest.class.getClassLoader());

    private static final Map<Operation.Phase, String> PHASES = Map.of(
            Operation.Phase.CLEAN, "Files and data",
            Operation.Phase.IDENTITY, "Accounts and identity",
            Operation.Phase.CONFIGURE, "Configuration",
            Operation.Phase.VOLUMES, "Ids of volumes");

    @Test
    public void pageSaysWhatTheCodeDoes() throws IOException {
        ManualPage.mustSay("operations.md", page());
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(text("operations-head.md"));
        for (Operation.Phase phase : Operation.Phase.values()) {
            page.append("\n## ")
                    .append(phase.ordinal() + 1)
                    .append(". ")
                    .append(PHASES.get(phase))
                    .append("\n\n");
            row(page, "operation", "also called", "default", "guests", "what it does exactly");
            row(page, "---", "---", "---", "---", "---");
            OPERATIONS.all().stream()
                    .filter(operation -> operation.phase() == phase)
                    .forEach(operation -> row(page, operation));
        }
        page.append("\n## Parameters\n\n");
        row(page, "parameter", "type", "default", "of", "meaning");
        row(page, "---", "---", "---", "---", "---");
        OPERATIONS.all().stream()
                .flatMap(operation -> operation.parameters().stream().map(parameter -> Map.entry(parameter, operation)))
                .sorted(Comparator.comparing(entry -> entry.getKey().name()))
                .forEach(entry -> row(page, entry.getKey(), entry.getValue()));
        page.append("\n## Command lines\n\nOperations that edit the kernel's command lines look for them in:\n\n");
        Stream.of(BootFormat.values())
                .flatMap(format -> format.files().stream())
                .map(file -> "- `/" + file + "`\n")
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(page::append);
        return page.append('\n').append(text("operations-tail.md")).toString();
    }

    private static void row(StringBuilder page, Operation operation) {
        row(
                page,
                "`" + operation.name() + "`",
                operation.aliases().stream()
                        .sorted()
                        .map(alias -> "`" + alias + "`")
                        .collect(Collectors.joining(", ")),
                operation.enabledByDefault() ? "on" : "off",
                guests(operation),
                operation.effect());
    }

    private static void row(StringBuilder page, Parameter parameter, Operation operation) {
        row(
                page,
                "`" + parameter.name() + "`",
                parameter.type().word(),
                parameter.defaultValue().isEmpty() ? "" : "`" + parameter.defaultValue() + "`",
                "`" + operation.name() + "`",
                parameter.description());
    }

    private static void row(StringBuilder page, String... cells) {
        page.append(Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Found by asking the operation. */
    private static String guests(Operation operation) {
        List<String> families = new ArrayList<>();
        for (String family : List.of("linux", "freebsd", "netbsd", "openbsd", "hurd", "windows")) {
            Facts facts = new Facts(family, "unknown", "", "", List.of(), List.of(), Map.of(), List.of());
            if (operation.appliesTo(facts)) {
                families.add(family);
            }
        }
        return switch (String.join(" ", families)) {
            case "linux" -> "Linux";
            case "windows" -> "Windows";
            case "linux windows" -> "Linux, Windows";
            case "linux freebsd netbsd openbsd hurd" -> "Unix";
            default -> String.join(", ", families);
        };
    }

    private static String text(String resource) throws IOException {
        try (var stream = OperationsPageTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
