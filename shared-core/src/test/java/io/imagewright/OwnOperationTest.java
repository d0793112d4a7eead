package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.sysprep.OwnJar;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** A user's own operation takes part in builds like those that come with the tool. */
public class OwnOperationTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private Path disk;

    @Before
    public void makeDisk() throws IOException {
        root = folder.getRoot().toPath();
        disk = new GuestDisk(root.resolve("guest"), "dos", 64).write();
    }

    /** With an operation {@code greet} in a jar of its own. */
    private ImageBuildRequest request(String greeting, ImageDescription description) throws IOException {
        String plan =
                "return List.of(Change.Write.of(GuestPath.of(\"/etc/greeting\"), Bytes.of(\"" + greeting + "\")));";
        Path jar = OwnJar.make(root.resolve("own"), Map.of("Greet", OwnJar.operation("Greet", "greet", plan)), "Greet");
        List<Path> classPath = new ArrayList<>(Requests.classPath());
        classPath.add(jar);
        Path out = root.resolve("out");
        return Requests.of(description, out).toBuilder()
                .worker(new ImageBuildRequest.WorkerSettings(false, classPath))
                .force(false)
                .build();
    }

    private ImageBuildResult build(String greeting, ImageDescription description) throws IOException {
        return ImageBuild.run(request(greeting, description), ProgressListener.NONE);
    }

    @Test
    public void worksInTheWorkersJvm_andAChangedJarBuildsAgain() throws IOException {
        ImageDescription description = Requests.description(disk, "diskdump");
        ImageBuildResult first = build("hello", description);
        assertTrue(first.operations().contains(new ImageBuildResult.OperationReport("greet", 1, 0)));
        JsonNode tools = tools(first);
        assertTrue(tools.get("own.Greet").asText().matches("sha256:[0-9a-f]{64}"));

        assertTrue(build("hello", description).isUpToDate());
        ImageBuildResult changed = build("good day", description);
        assertFalse(changed.isUpToDate());
        assertNotEquals(tools, tools(changed));
    }

    @Test
    public void oneThatTakesAllMemory_isAClearError() throws IOException {
        Path jar = OwnJar.make(
                root.resolve("hog"),
                Map.of(
                        "Hog",
                        OwnJar.operation(
                                "Hog",
                                "hog",
                                "long[][] all = new long[16][1 << 27]; return List.of(all.length > 0"
                                        + " ? null : null);")),
                "Hog");
        List<Path> classPath = new ArrayList<>(Requests.classPath());
        classPath.add(jar);
        ImageBuildRequest plain = Requests.of(disk, root.resolve("out"), "raw");
        ImageBuildRequest request = plain.toBuilder()
                .version("1")
                .workDirectory(null)
                .timestamp(Requests.TIMESTAMP)
                .worker(new ImageBuildRequest.WorkerSettings(false, classPath))
                .defaultClassifier("")
                .build();
        ImageException failure =
                assertThrows(ImageException.class, () -> ImageBuild.run(request, ProgressListener.NONE));
        assertEquals(ImageException.Kind.ENVIRONMENT, failure.kind());
        assertTrue(
                failure.getMessage(),
                failure.getMessage().startsWith("The worker that prepares the guest ran out of memory"));
    }

    @Test
    public void jarOfAnOperationThatDoesNotRunDoesNotMatter() throws IOException {
        ImageDescription description = Requests.without(Requests.description(disk, "diskdump"), "greet");
        assertFalse(tools(build("hello", description)).has("own.Greet"));
        assertTrue(build("good day", description).isUpToDate());
    }

    private static JsonNode tools(ImageBuildResult result) throws IOException {
        return new ObjectMapper().readTree(result.manifest().toFile()).get("tools");
    }
}
