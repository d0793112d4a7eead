package io.imagewright.error;

import java.util.List;
import java.util.Optional;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class SuggestionTest {

    private static final List<String> KNOWN = List.of("cleanup-tmp", "cleanup-log", "ssh-hostkeys", "raw");

    @Test
    public void findsTheWord_whenALetterIsWrong() {
        assertEquals(Optional.of("cleanup-log"), Suggestion.nearest("clenup-log", KNOWN));
        assertEquals(Optional.of("ssh-hostkeys"), Suggestion.nearest("SSH_HostKeys", KNOWN));
    }

    @Test
    public void takesTheFirstInOrder_whenTwoAreAsNear() {
        assertEquals(
                Optional.of("cleanup-log"), Suggestion.nearest("cleanup-xxx", List.of("cleanup-tmp", "cleanup-log")));
    }

    @Test
    public void saysNothing_whenNoWordIsNear() {
        assertEquals(Optional.empty(), Suggestion.nearest("qcow2", KNOWN));
        assertEquals(Optional.empty(), Suggestion.nearest("", List.of()));
        assertEquals(Optional.empty(), Suggestion.nearest("x".repeat(1_000_000), KNOWN));
    }
}
