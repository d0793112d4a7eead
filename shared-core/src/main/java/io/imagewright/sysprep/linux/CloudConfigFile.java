package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/** A file of cloud-init's configuration. */
record CloudConfigFile(GuestPath path, YamlText yaml) {

    static final GuestPath DIRECTORY = GuestPath.of("/etc/cloud/cloud.cfg.d");

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    /** In the order in which cloud-init reads them, what comes later counting more. */
    private static final List<Glob> FILES =
            List.of(new Glob("etc/cloud/cloud.cfg"), new Glob("etc/cloud/cloud.cfg.d/*.cfg"));

    /** What cannot be read is left out with a warning. */
    static List<CloudConfigFile> all(OperationContext context) {
        List<CloudConfigFile> all = new ArrayList<>();
        for (Glob glob : FILES) {
            for (var entry : glob.below(context, GuestPath.ROOT)) {
                ConfigFile.read(context, entry.path())
                        .flatMap(file -> parse(context, file))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** What the files say together under a pointer. */
    static Optional<JsonNode> effective(List<CloudConfigFile> files, JsonPointer pointer) {
        return files.stream()
                .map(file -> file.tree().at(pointer))
                .filter(value -> !value.isMissingNode())
                .reduce((earlier, later) -> later);
    }

    /** The write that gives a scalar that is there another text; empty when it is spelled in a way that cannot be replaced by itself. */
    Optional<Change> replacing(JsonPointer pointer, String value) {
        return yaml.replacing(pointer, value).map(edited -> Change.Write.of(path, edited.bytes()));
    }

    JsonNode tree() {
        return yaml.tree();
    }

    /** A tree in YAML. */
    static String write(JsonNode tree) throws IOException {
        return YAML.writeValueAsString(tree);
    }

    private static Optional<CloudConfigFile> parse(OperationContext context, ConfigFile file) {
        try {
            return Optional.of(new CloudConfigFile(file.path(), YamlText.of(file)));
        } catch (IOException broken) {
            context.warn("cloud-init's " + file.path()
                    + " is left out of account: it is no YAML that can be followed here.");
            return Optional.empty();
        }
    }
}
