package io.imagewright.cli;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class OwnWordsTest {

    @Test
    public void parametersAreOptions_andGoalsCommands() {
        assertEquals(
                "Choose another directory with --tmpdir.",
                OwnWords.of("Choose another directory with image.tmpdir.", Vocabulary.OPTIONS));
        assertEquals("Set --boot-memory.", OwnWords.of("Set -Dimage.bootMemory.", Vocabulary.OPTIONS));
        assertEquals(
                "Build it first with `imagewright build`.",
                OwnWords.of("Build it first with image:build.", Vocabulary.OPTIONS));
        for (String file : new String[] {"my-image.raw", "image.raw", "out/image.name", "image.name.old"}) {
            assertEquals("Cannot read " + file, OwnWords.of("Cannot read " + file, Vocabulary.OPTIONS));
        }
    }
}
