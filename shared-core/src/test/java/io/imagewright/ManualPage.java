package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.Assert.assertEquals;

/** A page of the manual that is made from the code. With -Dimagewright.writeSite a test writes it instead of comparing. */
public final class ManualPage {

    private ManualPage() {}

    /**
     * Compares the page of the manual with what the code gives.
     *
     * @param name file name below site/markdown
     */
    public static void mustSay(String name, String made) throws IOException {
        mustSay(Path.of("..", "site", "markdown", name), made);
    }

    /**
     * The same for another file that is made from the code.
     *
     * @param page relative to the core's module
     */
    public static void mustSay(Path page, String made) throws IOException {
        Path copy = Path.of("target", String.valueOf(page.getFileName()));
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, made);
        if (System.getProperty("imagewright.writeSite") != null) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, made);
        }
        assertEquals(
                page.normalize() + " is out of date. Run this test with -Dimagewright.writeSite, or copy shared-core/"
                        + copy + " there.",
                made,
                Files.exists(page) ? Files.readString(page) : "");
    }
}
