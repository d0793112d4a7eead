package io.imagewright.sysprep;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.junit.Assert.assertTrue;

/** What a user's own jar holds, compiled in the test. */
public final class OwnJar {

    private OwnJar() {}

    /**
     * Compiles classes of package {@code own} into a directory and names providers.
     *
     * @param sources text by simple name of the class, without package
     * @param providers simple names
     */
    public static Path make(Path directory, Map<String, String> sources, String... providers) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey() + ".java");
            Files.writeString(
                    file,
                    "package own; import io.imagewright.sysprep.*; import io.imagewright.guest.*; "
                            + "import io.imagewright.guest.inspect.*; import java.util.*; " + source.getValue());
            files.add(file);
        }
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertTrue(messages.toString(), compiled);
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(Operation.class.getName()), "own." + String.join("\nown.", providers) + "\n");
        return classes;
    }

    /** Source of an operation of this name that does this. */
    public static String operation(String type, String name, String plan) {
        return "public class " + type + " implements Operation { public String name() { return \"" + name + "\"; } "
                + "public String description() { return \"Own.\"; } "
                + "public boolean appliesTo(Facts facts) { return true; } "
                + "public List<Change> plan(OperationContext context) { " + plan + " } }";
    }
}
