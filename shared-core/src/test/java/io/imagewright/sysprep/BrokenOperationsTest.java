package io.imagewright.sysprep;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** A jar of a user's that cannot be used, or fails: the message names it and the reason. */
public class BrokenOperationsTest {

    private static final String NOTHING = "return List.of();";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path jar(Map<String, String> sources, String... providers) throws IOException {
        return OwnJar.make(folder.getRoot().toPath(), sources, providers);
    }

    private static Operations load(Path jar) throws IOException {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, BrokenOperationsTest.class.getClassLoader());
        return Operations.load(loader);
    }

    private static String refusal(Path jar) {
        ImageException e = assertThrows(ImageException.class, () -> load(jar));
        assertEquals(Kind.DESCRIPTION, e.kind());
        return e.getMessage();
    }

    private static void assertMentions(String message, String... words) {
        for (String word : words) {
            assertTrue(message, message.contains(word));
        }
    }

    @Test
    public void providerWithoutAClassIsNamed() throws IOException {
        Path jar = jar(Map.of("Fine", OwnJar.operation("Fine", "own-fine", NOTHING)), "Fine", "Gone");
        assertEquals(
                "Cannot load a sysprep operation from the class path: Provider own.Gone not found. Correct its jar "
                        + "(META-INF/services/io.imagewright.sysprep.Operation and what the class needs), or take it off "
                        + "the class path.",
                refusal(jar));
    }

    @Test
    public void constructorThatThrowsIsNamedWithItsReason() throws IOException {
        Path jar = jar(
                Map.of(
                        "Bad",
                        "public class Bad implements Operation { "
                                + "public Bad() { throw new IllegalStateException(\"no licence\"); } "
                                + OwnJar.operation("Bad", "own-bad", NOTHING)
                                        .substring("public class Bad implements Operation { ".length())),
                "Bad");
        assertMentions(refusal(jar), "own.Bad could not be instantiated", "IllegalStateException: no licence");
    }

    @Test
    public void classThatIsNoOperationIsNamed() throws IOException {
        assertMentions(refusal(jar(Map.of("Other", "public class Other {}"), "Other")), "own.Other not a subtype");
    }

    @Test
    public void libraryThatIsMissingIsNamed() throws IOException {
        Path jar = jar(
                Map.of(
                        "Base",
                        "public class Base {}",
                        "Needy",
                        OwnJar.operation("Needy", "own-needy", NOTHING)
                                .replace("Needy implements", "Needy extends Base implements")),
                "Needy");
        Files.delete(jar.resolve("own/Base.class"));
        assertMentions(refusal(jar), "NoClassDefFoundError: own/Base");
    }

    @Test
    public void jarForANewerJavaIsNamed() throws IOException {
        Path jar = jar(Map.of("New", OwnJar.operation("New", "own-new", NOTHING)), "New");
        byte[] code = Files.readAllBytes(jar.resolve("own/New.class"));
        code[7] = 99; // the major version
        Files.write(jar.resolve("own/New.class"), code);
        assertMentions(refusal(jar), "UnsupportedClassVersionError", "own/New");
    }

    @Test
    public void nameOfABuiltInOperationIsTaken_aliasesToo() throws IOException {
        for (String name : List.of("cleanup-tmp", "tmp-files")) {
            assertMentions(
                    refusal(jar(Map.of("Twin", OwnJar.operation("Twin", name, NOTHING)), "Twin")),
                    "Two sysprep operations claim the name " + name + ": ",
                    "own.Twin",
                    "io.imagewright.sysprep.unix.CleanupTmp");
        }
    }

    @Test
    public void nameThatNobodyCanWriteIsRefused() throws IOException {
        assertMentions(
                refusal(jar(Map.of("Odd", OwnJar.operation("Odd", "My operation", NOTHING)), "Odd")),
                "Bad name 'My operation' of the sysprep operation own.Odd");
    }

    private ImageException failure(String plan) throws IOException {
        Operations all = load(jar(Map.of("Own", OwnJar.operation("Own", "own-one", plan)), "Own"));
        return assertThrows(
                ImageException.class,
                () -> Sysprep.plan(
                        GuestView.empty(),
                        Facts.NONE,
                        all,
                        all.select(ImageDescription.Sysprep.DEFAULT).stream()
                                .filter(operation -> operation.name().equals("own-one"))
                                .toList(),
                        ParameterValues.of(all, Map.of()),
                        warning -> {}));
    }

    @Test
    public void operationThatFailsIsNamedWithTheLine() throws IOException {
        ImageException e = failure("throw new IllegalStateException(\"lost\");");
        assertEquals(Kind.INTERNAL, e.kind());
        assertMentions(
                e.getMessage(),
                "The sysprep operation own-one failed: java.lang.IllegalStateException: lost at own.Own.plan(Own.java:1)");
    }

    @Test
    public void parameterThatWasNotDeclaredIsNamed() throws IOException {
        assertMentions(
                failure("return context.parameter(\"speed\").isEmpty() ? null : null;")
                        .getMessage(),
                "own-one failed",
                "undeclared parameter speed",
                "own.Own.plan");
    }

    @Test
    public void answerThatIsNullIsTheOperationsFault() throws IOException {
        assertMentions(failure("return null;").getMessage(), "own-one failed", "in own.Own");
    }

    @Test
    public void changeThatCannotBeMadeNamesItsOperation() throws IOException {
        ImageException e =
                failure("return List.of(Change.Write.of(GuestPath.of(\"/no/such/file\"), Bytes.of(\"x\")));");
        assertMentions(
                e.getMessage(),
                "own-one (own.Own) wants a change that cannot be made: ",
                "/no/such/file",
                "set sysprep.disable: own-one to build without it");
    }
}
