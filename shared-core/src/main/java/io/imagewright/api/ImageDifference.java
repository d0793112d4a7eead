package io.imagewright.api;

import java.util.List;
import java.util.Map;

/** What changed from one image to another. All texts in it are fit to be shown. */
public interface ImageDifference {

    /** Whether the images have nothing that differs. */
    boolean none();

    /** As lines for people. */
    List<String> text();

    /** As JSON for programs, with a newline at the end; keys and their order are fixed, sizes are bytes. */
    String json();

    /** The same as maps, lists, texts, numbers and flags. */
    Map<String, Object> document();

    /** As a page that needs nothing else. */
    String html();
}
