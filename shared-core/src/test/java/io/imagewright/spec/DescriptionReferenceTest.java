package io.imagewright.spec;

import java.io.IOException;

import io.imagewright.ManualPage;
import io.imagewright.spec.ValueType.Choice;
import io.imagewright.spec.ValueType.Either;
import io.imagewright.spec.ValueType.ListOf;
import io.imagewright.spec.ValueType.Section;
import org.junit.Test;

import static org.junit.Assert.assertFalse;

/** The manual's page of a description's keys is made from the schema. */
public class DescriptionReferenceTest {

    private static final String HEAD = """
            # Keys of a description

            Made from the schema `%s`. Every key of an [image description](description.md): a file spells the tree as YAML or JSON, the POM as elements below
            `<images><image>`. `[]` is an item of a list.

            | key | expected | default | meaning |
            | --- | --- | --- | --- |
            """;

    @Test
    public void pageSaysWhatTheSchemaSays() throws IOException {
        StringBuilder page = new StringBuilder(HEAD.formatted(Schema.VERSION));
        rows(page, "", Schema.IMAGE);
        ManualPage.mustSay("description-reference.md", page.toString());
    }

    private static void rows(StringBuilder page, String prefix, Section section) {
        for (Setting setting : section.keys()) {
            String path = prefix + setting.name();
            assertFalse(path + " has no meaning", setting.description().isBlank());
            String defaultValue = setting.defaultValue();
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            path,
                            expected(setting.type()).replace("|", "\\|"),
                            defaultValue == null || defaultValue.isEmpty() ? "" : "`" + defaultValue + "`",
                            setting.description().replace("|", "\\|").replace("<", "&lt;")));
            below(page, path, setting.type());
        }
    }

    /** The keys below, as rows of their own. */
    private static void below(StringBuilder page, String path, ValueType type) {
        if (type instanceof Section section) {
            rows(page, path + ".", section);
        } else if (type instanceof Either either) {
            rows(page, path + ".", either.section());
        } else if (type instanceof ListOf list) {
            below(page, path + "[]", list.item());
        } else if (type instanceof Choice choice) {
            rows(page, path + ".", choice.of());
        }
    }

    private static String expected(ValueType type) {
        if (type instanceof Section) {
            return "the keys below";
        }
        if (type instanceof Either either) {
            return either.word().expected() + ", or the keys below";
        }
        if (type instanceof ListOf list) {
            return "a list of: " + expected(list.item()) + (list.nonEmpty() ? "; not empty" : "");
        }
        return type instanceof Choice ? "one of the keys below" : type.expected();
    }
}
