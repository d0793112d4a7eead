package io.imagewright.spec;

import io.imagewright.error.ImageException;

import static org.junit.Assert.assertThrows;

/** Texts to trees, for tests. */
final class Descriptions {

    private Descriptions() {}

    static DescriptionTree yaml(String... lines) {
        return yamlAt("web.yaml", lines);
    }

    static DescriptionTree yamlAt(String place, String... lines) {
        return DescriptionTree.of(TextTree.read(place, String.join("\n", lines) + "\n", false), "");
    }

    static String mistake(Runnable action) {
        ImageException e = assertThrows(ImageException.class, action::run);
        org.junit.Assert.assertEquals(ImageException.Kind.DESCRIPTION, e.kind());
        return String.valueOf(e.getMessage());
    }

    static String mistakeIn(String... lines) {
        return mistake(() -> yaml(lines).describe());
    }
}
