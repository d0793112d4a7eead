package io.imagewright.diff;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.imagewright.api.ImageDifference;
import io.imagewright.contents.FileSpool;
import io.imagewright.manifest.Json;

/**
 * What changed from one image to another. All texts in it are fit to be shown.
 *
 * @param schema {@link #SCHEMA}
 * @param before name of the old image
 * @param after name of the new image
 * @param facts that differ
 * @param properties that differ
 * @param packages that differ
 * @param files that differ
 */
@JsonPropertyOrder({"schema", "old", "new", "facts", "properties", "packages", "files"})
public record Difference(
        String schema,
        @JsonProperty("old") String before,
        @JsonProperty("new") String after,
        List<ValueChange> facts,
        List<ValueChange> properties,
        PackageChanges packages,
        FileChanges files)
        implements ImageDifference {

    /** Of the JSON. */
    public static final String SCHEMA = "image-diff/v1";

    /** Copies the lists. */
    public Difference {
        facts = List.copyOf(facts);
        properties = List.copyOf(properties);
    }

    /**
     * Compares two images.
     *
     * @throws IOException when a list of files cannot be read
     */
    public static Difference of(ComparedImage before, ComparedImage after) throws IOException {
        try (FileSpool.Reader old = new FileSpool.Reader(before.files());
                FileSpool.Reader fresh = new FileSpool.Reader(after.files())) {
            return new Difference(
                    SCHEMA,
                    Shown.text(before.name()),
                    Shown.text(after.name()),
                    ValueChange.of(before.facts(), after.facts()),
                    ValueChange.of(before.properties(), after.properties()),
                    PackageChanges.of(before.packages(), after.packages()),
                    FileComparison.of(old, fresh));
        }
    }

    @Override
    public boolean none() {
        return facts.isEmpty()
                && properties.isEmpty()
                && packages.none()
                && files.all().none();
    }

    @Override
    public List<String> text() {
        return DiffText.of(this);
    }

    @Override
    public String json() {
        return Json.pretty(this);
    }

    @Override
    public Map<String, Object> document() {
        return Json.map(this);
    }

    @Override
    public String html() {
        return DiffHtml.of(this);
    }
}
