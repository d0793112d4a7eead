package io.imagewright.format;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import static org.junit.Assert.assertEquals;

/** {@code docker} with a layer compressed by gzip, and a command. */
public class DockerOutputTest extends ContainerOutputContract {

    @Override
    String format() {
        return "docker";
    }

    @Override
    Map<String, String> options() {
        return Map.of("cmd", "/sbin/init --debug");
    }

    @Override
    String transport() {
        return "docker-archive";
    }

    @Override
    void check(Path written) throws Exception {
        String names = run("tar", "-tf", written.toString()).replaceAll("[0-9a-f]{64}", "*");
        assertEquals("*.tar.gz\n*.json\nmanifest.json\n", names);
        JsonNode image = ContainerArchives.json(run("tar", "-xOf", written.toString(), "manifest.json"))
                .get(0);
        assertEquals("[\"image:1\"]", image.get("RepoTags").toString());
        String config =
                run("tar", "-xOf", written.toString(), image.get("Config").asText());
        assertEquals(
                "[\"/sbin/init\",\"--debug\"]",
                ContainerArchives.json(config).at("/config/Cmd").toString());
    }
}
