package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import hudson.Extension;
import io.imagewright.jenkins.pipeline.ImageBuildStep;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

/** What Jenkins asks of a plugin's file, reference/java_anchors.md 2.6. */
public class HpiIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, Path> libraries = new TreeMap<>();
    private Path plugin = Path.of("unset");

    @Before
    public void unpack() throws IOException {
        try (JarFile hpi = open()) {
            hpi.stream()
                    .filter(entry -> entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory())
                    .forEach(entry -> {
                        Path target = folder.getRoot()
                                .toPath()
                                .resolve(Path.of(entry.getName()).getFileName());
                        try (InputStream in = hpi.getInputStream(entry)) {
                            Files.copy(in, target);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                        libraries.put(String.valueOf(target.getFileName()), target);
                    });
        }
        plugin = libraries.entrySet().stream()
                .filter(library -> library.getKey().startsWith("imagewright-jenkins-"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static JarFile open() throws IOException {
        return new JarFile(System.getProperty("imagewright.hpi"));
    }

    private static Attributes manifest(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        assertNotNull("no manifest", manifest);
        return manifest.getMainAttributes();
    }

    private Set<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    public void bothManifestsSayWhatItIs() throws IOException {
        try (JarFile hpi = open();
                JarFile jar = new JarFile(plugin.toFile())) {
            for (Attributes attributes : List.of(manifest(hpi), manifest(jar))) {
                assertEquals("imagewright", attributes.getValue("Short-Name"));
                assertEquals("2.541.3", attributes.getValue("Jenkins-Version"));
                assertEquals("true", attributes.getValue("Support-Dynamic-Loading"));
                // ours, not one that another plugin brings: class loaders ask their parents first
                assertEquals("com.fasterxml.jackson.", attributes.getValue("Mask-Classes"));
                assertTrue(attributes.getValue("Plugin-Version").matches("[0-9].*"));
                for (String dependency :
                        attributes.getValue("Plugin-Dependencies").split(",", -1)) {
                    assertTrue(dependency, dependency.matches("[a-z-]+:[^;:]+;resolution:=optional"));
                }
            }
        }
    }

    /** Nothing of Jenkins, nothing twice, and no library that works on disks outside of the command line. */
    @Test
    public void holdsWhatThePluginNeedsAndNoMore() throws IOException {
        assertEquals(
                List.of(
                        "imagewright-core",
                        "imagewright-jenkins",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind"),
                libraries.keySet().stream()
                        .map(name -> name.replaceFirst("-[0-9].*", ""))
                        .toList());
        Set<String> all = new TreeSet<>();
        for (Path library : libraries.values()) {
            for (String name : names(library)) {
                if (name.endsWith(".class") && !name.contains("META-INF") && !name.equals("module-info.class")) {
                    assertTrue(name + " twice", all.add(name));
                    assertTrue(name, name.startsWith("io/imagewright/") || name.startsWith("com/fasterxml/jackson/"));
                }
            }
        }
        try (Stream<Path> signatures = Files.walk(Path.of(System.getProperty("imagewright.signatures")))) {
            Path top = Path.of(System.getProperty("imagewright.signatures"));
            List<String> types = signatures
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> top.relativize(file).toString().replace(".java", ".class"))
                    .toList();
            assertTrue(types.size() > 40);
            types.forEach(type -> assertTrue(type, !all.contains(type)));
        }
    }

    @Test
    public void carriesWhatItsClassesAskFor() throws IOException {
        assertTrue(names(plugin).contains("io/imagewright/jenkins/imagewright.jar"));
        assertTrue(text("io/imagewright/jenkins/WarningNote/style.css").contains(".imagewright-warning"));
    }

    /** With what is in the file, and Jenkins, alone: on a controller there is nothing else. */
    @Test
    public void everyClassFindsWhatItNeeds() throws Exception {
        URL jenkins = Extension.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] path = Stream.concat(
                        Stream.of(jenkins), libraries.values().stream().map(HpiIT::url))
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            for (String name : names(plugin)) {
                if (name.startsWith("io/imagewright/") && name.endsWith(".class")) {
                    Class<?> type = Class.forName(name.replace('/', '.').replace(".class", ""), true, loader);
                    assertNotNull(type.getDeclaredMethods());
                }
            }
        }
    }

    /** As Jenkins finds them: by the index, in a class loader above which Jenkins is. */
    @Test
    public void everyExtensionIsIndexed() throws Exception {
        List<String> indexed = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(
                libraries.values().stream().map(HpiIT::url).toArray(URL[]::new),
                getClass().getClassLoader())) {
            for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
                indexed.add(item.className());
            }
        }
        List<String> annotated = new ArrayList<>();
        for (String name : names(plugin)) {
            if (name.startsWith("io/imagewright/") && name.endsWith(".class") && !name.contains("package-info")) {
                Class<?> type = Class.forName(name.replace('/', '.').replace(".class", ""));
                if (type.isAnnotationPresent(Extension.class)) {
                    annotated.add(type.getName());
                }
            }
        }
        assertTrue(annotated.size() >= 7);
        assertEquals(new TreeSet<>(annotated), new TreeSet<>(indexed));
    }

    @Test
    public void symbolsAreIndexed() throws IOException {
        try (JarFile jar = new JarFile(plugin.toFile());
                InputStream in =
                        jar.getInputStream(jar.getEntry("META-INF/services/annotations/org.jenkinsci.Symbol"))) {
            assertEquals(
                    List.of(
                            "io.imagewright.jenkins.ImageBuilder$DescriptorImpl",
                            "io.imagewright.jenkins.ImageConverter$DescriptorImpl",
                            "io.imagewright.jenkins.ImageInspector$DescriptorImpl",
                            "io.imagewright.jenkins.ImageVerifier$DescriptorImpl",
                            "io.imagewright.jenkins.ImagewrightConfiguration"),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    public void everyFieldHasAFormAndHelp() throws IOException {
        Set<String> names = names(plugin);
        for (Class<?> type : List.of(
                ImageBuilder.class,
                ImageInspector.class,
                ImageConverter.class,
                ImageVerifier.class,
                ImageBuildStep.class,
                ImagewrightConfiguration.class)) {
            String base = type.getName().replace('.', '/') + "/";
            assertTrue(base, names.contains(base + "config.jelly"));
            String form = text(base + "config.jelly");
            List<String> fields = new ArrayList<>(DataBindingTest.setters(type).keySet());
            if (type != ImagewrightConfiguration.class) {
                assertTrue(base, names.contains(base + "help.html"));
                for (var parameter : DataBindingTest.constructor(type).getParameters()) {
                    fields.add(parameter.getName());
                }
            }
            for (String field : fields) {
                assertTrue(base + field, names.contains(base + "help-" + field + ".html"));
                boolean spelledAsLines = type == ImageBuildStep.class
                        && Set.of("properties", "params").contains(field);
                assertTrue(base + field, spelledAsLines || form.contains("field=\"" + field + "\""));
            }
        }
    }

    @Test
    public void everyMessageIsThere() throws IOException {
        Properties messages = new Properties();
        messages.load(new java.io.StringReader(text("io/imagewright/jenkins/Messages.properties")));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                java.util.regex.Matcher key = java.util.regex.Pattern.compile(
                                "(?<!Step)Messages\\.of\\(\"([^\"]+)\"\\)")
                        .matcher(Files.readString(source));
                while (key.find()) {
                    assertTrue(key.group(1), messages.containsKey(key.group(1)));
                }
            }
        }
    }

    private String text(String name) throws IOException {
        try (JarFile jar = new JarFile(plugin.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
