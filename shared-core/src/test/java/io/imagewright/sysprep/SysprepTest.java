package io.imagewright.sysprep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.spec.ImageDescription;
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
                OPERATIONS.select(ImageDescription.Sysprep.DEFAULT),
                ParameterValues.of(OPERATIONS, parameters),
                warning -> warnings.add(warning.toString()));
    }

    @Test
    public void withoutTheDefaults_whatIsEnabledRunsAlone_andNobodyIsAdvised() {
        ImageDescription.Sysprep none = new ImageDescription.Sysprep(false, List.of(), List.of(), Map.of());
        assertEquals(Set.of(), OPERATIONS.select(none));
        ImageDescription.Sysprep one = new ImageDescription.Sysprep(false, List.of("c"), List.of(), Map.of());
        assertEquals(
                List.of("c"),
                OPERATIONS.select(one).stream().map(Operation::name).toList());
        assertEquals(List.of(), Operations.of(List.of(new Off("a key"))).undecided(none));
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

    /** Off by default; deletes what it finds in a directory. */
    private record Off(String keptWhenOff) implements Operation {

        @Override
        public String name() {
            return "off";
        }

        @Override
        public String description() {
            return "Deletes.";
        }

        @Override
        public boolean enabledByDefault() {
            return false;
        }

        @Override
        public boolean appliesTo(Facts facts) {
            return facts.isLinux();
        }

        @Override
        public List<Change> plan(OperationContext context) {
            context.warn("Noise of an operation that does not run.");
            return context.guest().list(GuestPath.of("/keys")).stream()
                    .<Change>map(entry -> new Change.Delete(entry.path()))
                    .toList();
        }
    }

    private List<String> kept(String what, int keys, List<String> enable, List<String> disable) {
        MemoryGuest guest = MemoryGuest.of(tree -> {
            tree.dir("/keys");
            for (int i = 1; i <= keys; i++) {
                tree.file("/keys/" + i, "");
            }
        });
        Operations operations = Operations.of(List.of(new Off(what)));
        ParameterValues values = ParameterValues.of(operations, Map.of());
        SysprepResult planned = Sysprep.plan(
                guest,
                LINUX,
                operations,
                operations.select(new ImageDescription.Sysprep(enable, disable, Map.of())),
                values,
                warning -> {});
        List<String> kept = new ArrayList<>();
        Sysprep.warnOfKept(
                guest,
                LINUX,
                MediumContext.NONE,
                operations.undecided(new ImageDescription.Sysprep(enable, disable, Map.of())),
                values,
                planned,
                warning -> kept.add(warning.toString()));
        return kept;
    }

    @Test
    public void whatAnOperationThatIsOffLeaves_isNamedOnce_withWhatRemovesIt() {
        assertEquals(
                List.of(
                        "The image keeps keys, which all machines made from it share: /keys/1, /keys/2, /keys/3 and 1 more. "
                                + "`sysprep.enable: off' removes them, `sysprep.disable: off' keeps them without this warning."),
                kept("keys", 4, List.of(), List.of()));
    }

    @Test
    public void nobodyIsWarned_whoDecided_orWhereNothingIsLeft_orNothingSecret() {
        assertEquals(List.of(), kept("keys", 4, List.of("off"), List.of()));
        assertEquals(List.of(), kept("keys", 4, List.of(), List.of("off")));
        assertEquals(List.of(), kept("keys", 0, List.of(), List.of()));
        assertEquals(List.of(), kept("", 4, List.of(), List.of()));
    }
}
