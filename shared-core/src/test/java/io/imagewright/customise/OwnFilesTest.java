package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.guest.Change;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class OwnFilesTest extends CustomiseTestBase {

    /** What a copy of the project brings into the guest, by the directory that images go to. */
    private record Row(String output, List<String> copied) {}

    private static final List<Row> ROWS = List.of(
            new Row("target/image", List.of("/srv/app.conf", "/srv/target", "/srv/target/classes")),
            new Row("target", List.of("/srv/app.conf")),
            new Row(
                    ".",
                    List.of(
                            "/srv/app.conf",
                            "/srv/target",
                            "/srv/target/classes",
                            "/srv/target/image",
                            "/srv/target/image/web-1.qcow2")),
            new Row(
                    "nowhere",
                    List.of(
                            "/srv/app.conf",
                            "/srv/target",
                            "/srv/target/classes",
                            "/srv/target/image",
                            "/srv/target/image/web-1.qcow2",
                            "/srv/web-1.image-manifest.json",
                            "/srv/web-1.qcow2",
                            "/srv/web-1.qcow2.sha256sum",
                            "/srv/web.build.json")));

    @Test
    public void whatBuildsWrite_isNotCopied() throws IOException {
        host("project/app.conf", "a");
        host("project/target/classes", "c");
        host("project/target/image/web-1.qcow2", "disk");
        for (String name :
                List.of("web-1.image-manifest.json", "web-1.qcow2", "web-1.qcow2.sha256sum", "web.build.json")) {
            host("project/" + name, "x");
        }
        host("project/.imagewright-17-1234/disk.img", "work");
        for (Row row : ROWS) {
            Path output = base.resolve("project").resolve(row.output());
            List<String> copied = read("copyIn: { source: project/, into: /srv }")
                    .without(output)
                    .plan(guest.tree(), guest.facts(), NOW, warnings::add)
                    .changes()
                    .stream()
                    .map(Change::path)
                    .map(String::valueOf)
                    .filter(path -> !path.equals("/srv"))
                    .sorted()
                    .toList();
            // another run's files beside what is copied are some only where images go there
            List<String> expected = row.output().equals(".") || row.output().equals("nowhere")
                    ? row.copied()
                    : withOthers(row.copied());
            assertEquals(row.output(), expected, copied);
        }
        assertEquals(true, Files.exists(base));
    }

    private static List<String> withOthers(List<String> copied) {
        return java.util.stream.Stream.concat(
                        copied.stream(),
                        java.util.stream.Stream.of(
                                "/srv/web-1.image-manifest.json",
                                "/srv/web-1.qcow2",
                                "/srv/web-1.qcow2.sha256sum",
                                "/srv/web.build.json"))
                .sorted()
                .toList();
    }
}
