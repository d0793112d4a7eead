package io.imagewright.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of snf-mkimage that speak with a cloud. They are known, so that nobody looks for a slip of the pen, and refused. */
final class CloudOptions {

    private static final String OF_SNF = "Of snf-mkimage; refused, as images are not uploaded by this command.";

    @Option(
            names = {"-a", "--authentication-url"},
            paramLabel = "URL",
            description = OF_SNF)
    private @Nullable String authenticationUrl;

    @Option(
            names = {"-t", "--token"},
            paramLabel = "TOKEN",
            description = OF_SNF)
    private @Nullable String token;

    @Option(
            names = {"-c", "--cloud"},
            paramLabel = "NAME",
            description = OF_SNF)
    private @Nullable String cloud;

    @Option(names = "--container", paramLabel = "NAME", description = OF_SNF)
    private @Nullable String container;

    /** Its long name is that of another option here. */
    @Option(names = "-u", paramLabel = "NAME", description = OF_SNF)
    private @Nullable String upload;

    @Option(
            names = {"-r", "--register"},
            paramLabel = "NAME",
            description = OF_SNF)
    private @Nullable String register;

    @Option(names = "--public", description = OF_SNF)
    private boolean isPublic;

    /** @throws ImageException DESCRIPTION when one is given; no value of theirs is in it */
    void refuse() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--authentication-url", authenticationUrl != null);
        given.put("--token", token != null);
        given.put("--cloud", cloud != null);
        given.put("--container", container != null);
        given.put("-u", upload != null);
        given.put("--register", register != null);
        given.put("--public", isPublic);
        List<String> named = new ArrayList<>();
        given.forEach((option, isGiven) -> {
            if (isGiven) {
                named.add(option);
            }
        });
        if (!named.isEmpty()) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    String.join(", ", named),
                    "images are not uploaded by this command",
                    "Write the image with --outfile, and upload it and its .meta, .variant and .md5sum with the cloud's own client.");
        }
    }
}
