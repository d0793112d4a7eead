package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Facts;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class SysprepTest {

    private static final GuestPath FILE = GuestPath.of("/file");
    private static final Facts LINUX =
            new Facts("linux", "x", "X Linux", "1", List.of(), List.of(), Map.of(), List.of());

    /** Adds its name to a file, and warns of it. */
    private record Appending(String name, Phase phase, boolean fits) implements Operation {

        @Override
        public String description() {
            return "Appends.";
        }

        @Override
        public boolean appliesTo(Facts facts) {
            return fits;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter("names", ParameterType.STRING_LIST, "", "Names."),
                    new Parameter("word", ParameterType.STRING_LIST, "a,b", "Words."));
        }

        @Override
        public List<Change> plan(OperationContext context) {
            context.warn("The file is odd.");
            String text = context.guest()
                    .read(List.of(FILE), 100)
                    .getOrDefault(FILE, Bytes.EMPTY)
                    .text();
            return List.of(Change.Write.of(FILE, Bytes.ofText(text + name + context.parameter("names"))));
        }
    }

    private static final Operations OPERATIONS = Operations.of(List.of(
            new Appending("a", Operation.Phase.CONFIGURE, true),
            new Appending("c", Operation.Phase.CLEAN, true),
            new Appending("b", Operation.Phase.CLEAN, true),
            new Appending("no", Operation.Phase.IDENTITY, false)));

    private final List<String> warnings = new ArrayList<>();

    private SysprepResult plan(Map<String, String> parameters) {
        MemoryGuest guest = MemoryGuest.of(tree -> tree.file("/file", ""));
        return Sysprep.plan(
                guest,
                LINUX,
                OPERATIONS,
                OPERATIONS.select(List.of(), List.of()),
                ParameterValues.of(OPERATIONS, parameters),
                warnings::add);
    }

    @Test
    public void eachOperationSeesWhatTheOnesBeforeItDid_byPhaseThenName() {
        SysprepResult result = plan(Map.of());
        assertEquals(
                List.of("b", "c", "no", "a"),
                result.operations().stream().map(SysprepResult.Outcome::name).toList());
        assertEquals(
                Change.Write.of(FILE, Bytes.of("b[]c[]a[]")), result.changes().get(2));
        assertEquals("it does not apply to X Linux", result.operations().get(2).skipped());
    }

    @Test
    public void aWarningIsGivenOnce() {
        plan(Map.of());
        assertEquals(List.of("The file is odd."), warnings);
    }

    @Test
    public void anEmptyListHasNoItems_andAnItemIsNeverEmpty() {
        assertEquals(
                Change.Write.of(FILE, Bytes.of("b[x, y,z]")),
                plan(Map.of("names", "x,y\\,z")).changes().get(0));
        assertEquals(
                List.of(), ParameterValues.of(OPERATIONS, Map.of("word", "")).value("word"));
        for (String bad : List.of(",", "a,", "a,,b", " ")) {
            assertThrows(bad, ImageException.class, () -> plan(Map.of("names", bad)));
        }
    }
}
