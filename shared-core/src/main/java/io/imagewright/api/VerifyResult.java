package io.imagewright.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.error.CommandName;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import org.jspecify.annotations.Nullable;

/**
 * What {@code FinishedImage.verify} saw.
 *
 * @param findings what is wrong, a sentence each; empty when all is well
 * @param signers fingerprints of the keys that signed its files
 * @param booted how the image came up; null when it was not started
 */
public record VerifyResult(
        List<String> findings,
        SortedSet<String> signers,
        @Nullable Booted booted) {

    /**
     * Refuses an image that is not whole.
     *
     * @throws ImageException SOURCE, with all findings
     */
    public void requireWhole(String image) {
        if (!findings.isEmpty()) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Image " + image + " is not what was built",
                    String.join(" ", findings).replaceAll("\\.$", ""),
                    Message.of("Build it again with ", CommandName.BUILD, "."));
        }
    }

    /**
     * Of an image that is whole, for people.
     *
     * @param name of the image
     * @param files names of its files
     */
    public List<String> lines(String name, List<String> files) {
        List<String> lines = new ArrayList<>();
        lines.add("Image " + name + " is whole: " + String.join(", ", files)
                + (signers.isEmpty() ? "" : "; signed by " + String.join(", ", signers)));
        Booted up = booted;
        if (up != null) {
            lines.add("Image " + name + " boots: " + up.awaited() + " after "
                    + up.after().toSeconds() + " s (" + up.firmware() + ", " + up.accelerator() + ")");
        }
        return lines;
    }

    /** For programs: maps, lists, texts, numbers and flags. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("findings", findings);
        document.put("signers", List.copyOf(signers));
        Booted up = booted;
        if (up != null) {
            document.put(
                    "booted",
                    Map.of(
                            "awaited", up.awaited(),
                            "seconds", up.after().toSeconds(),
                            "firmware", up.firmware().toString(),
                            "accelerator", up.accelerator().name()));
        }
        return document;
    }

    /** Copies the collections. */
    public VerifyResult {
        findings = List.copyOf(findings);
        signers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(signers));
    }
}
