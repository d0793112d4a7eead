package io.imagewright.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;

/** Reads what a page shows of a bill of materials in CycloneDX's JSON, which anybody may have written; see the specification, version 1.6. */
final class SbomReader {

    /** Far above that of any real guest: about a kilobyte for each of some thousand packages. */
    private static final int LARGEST = 64 << 20;

    private static final int MOST_PACKAGES = 100_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Comparator<ReportedPackage> BY_NAME = Comparator.comparing(ReportedPackage::name)
            .thenComparing(ReportedPackage::version)
            .thenComparing(ReportedPackage::kind);

    private SbomReader() {}

    private record Bom(@Nullable String bomFormat, @Nullable List<@Nullable Component> components) {}

    private record Component(
            @Nullable String type,
            @Nullable String name,
            @Nullable String version,
            @Nullable String purl,
            @Nullable List<@Nullable LicenceChoice> licenses) {}

    private record LicenceChoice(
            @Nullable Licence license, @Nullable String expression) {}

    private record Licence(@Nullable String id, @Nullable String name) {}

    /**
     * The libraries, which is what CycloneDX calls packages, by name.
     *
     * @throws ImageException SOURCE when it is no such bill
     */
    static List<ReportedPackage> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw bad(file, "it is larger than " + (LARGEST >> 20) + " MiB");
        }
        try (InputStream in = Files.newInputStream(file)) {
            Bom bom = MAPPER.readValue(in, Bom.class);
            if (bom == null || !"CycloneDX".equals(bom.bomFormat())) {
                throw bad(file, "it is not in CycloneDX's format");
            }
            return packages(file, bom);
        } catch (JsonProcessingException e) {
            throw bad(file, e.getOriginalMessage());
        }
    }

    private static List<ReportedPackage> packages(Path file, Bom bom) {
        List<ReportedPackage> packages = new ArrayList<>();
        for (Component component : Objects.requireNonNullElse(bom.components(), List.<@Nullable Component>of())) {
            if (component != null && "library".equals(component.type())) {
                packages.add(new ReportedPackage(
                        Objects.requireNonNullElse(component.name(), ""),
                        Objects.requireNonNullElse(component.version(), ""),
                        kind(Objects.requireNonNullElse(component.purl(), "")),
                        licences(component.licenses())));
            }
        }
        if (packages.size() > MOST_PACKAGES) {
            throw bad(file, "it lists more than " + MOST_PACKAGES + " packages");
        }
        packages.sort(BY_NAME);
        return packages;
    }

    /** {@code deb} of {@code pkg:deb/debian/bash@5.2}. */
    private static String kind(String purl) {
        int end = purl.indexOf('/');
        return purl.startsWith("pkg:") && end > 4 ? purl.substring(4, end) : "";
    }

    private static String licences(@Nullable List<@Nullable LicenceChoice> choices) {
        return choices == null
                ? ""
                : String.join(
                        ", ",
                        choices.stream()
                                .filter(Objects::nonNull)
                                .flatMap(SbomReader::words)
                                .filter(word -> !word.isEmpty())
                                .toList());
    }

    private static Stream<String> words(LicenceChoice choice) {
        Licence licence = choice.license();
        return licence == null
                ? Stream.ofNullable(choice.expression())
                : Stream.ofNullable(licence.id() == null ? licence.name() : licence.id());
    }

    private static ImageException bad(Path file, String reason) {
        return ImageException.of(
                Kind.SOURCE, "Cannot read the bill of materials " + file, reason, "Build or download the image again.");
    }
}
