package io.imagewright.sysprep;

import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.Facts;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

/** The texts of snf-image-creator for values that do not do (reference 1.6). */
public class ParameterValuesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static final class Taking implements Operation {

        @Override
        public String name() {
            return "taking";
        }

        @Override
        public String description() {
            return "Takes one of each.";
        }

        @Override
        public boolean appliesTo(Facts facts) {
            return true;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter("number", ParameterType.POSITIVE_INTEGER, "1", "A number."),
                    new Parameter("file", ParameterType.FILE, "", "A file."),
                    new Parameter("dir", ParameterType.DIRECTORY, "", "A directory."),
                    new Parameter("list", ParameterType.STRING_LIST, "", "A list."));
        }

        @Override
        public List<Change> plan(OperationContext context) {
            return List.of();
        }
    }

    private static ParameterValues values(String name, String value) {
        return ParameterValues.of(Operations.of(List.of(new Taking())), Map.of(name, value));
    }

    private static void refused(String name, String value, String reason) {
        ImageException failure = assertThrows(ImageException.class, () -> values(name, value));
        assertEquals(
                "Invalid value for sysprep parameter: `" + name + "'. Reason: " + reason + ".", failure.getMessage());
    }

    @Test
    public void numbers() {
        refused("number", "soon", "Invalid number");
        refused("number", "", "Invalid number");
        refused("number", "99999999999", "Invalid number");
        refused("number", "0", "Value is negative or zero");
        refused("number", "-3", "Value is negative or zero");
        assertEquals(List.of("3"), values("number", " 3 ").value("number"));
    }

    @Test
    public void filesAndDirectories() throws Exception {
        String file = folder.newFile("file").getPath();
        String directory = folder.getRoot().getPath();
        refused("file", directory, "Invalid filename");
        refused("file", file + ".not", "Invalid filename");
        refused("dir", file, "Invalid dirname");
        refused("dir", directory + "/not", "Invalid dirname");
        assertEquals(List.of(file), values("file", file).value("file"));
        assertEquals(List.of(directory), values("dir", directory).value("dir"));
        assertEquals(List.of(""), values("file", "").value("file"));
    }

    @Test
    public void lists() {
        refused("list", "a,,b", "Filename cannot be empty");
        assertEquals(List.of("a", "b,c"), values("list", "a,b\\,c").value("list"));
    }
}
