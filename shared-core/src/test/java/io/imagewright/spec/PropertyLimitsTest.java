package io.imagewright.spec;

import java.util.Optional;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class PropertyLimitsTest {

    @Test
    public void atTheLimit_isFine() {
        assertEquals(Optional.empty(), PropertyLimits.complaint("N".repeat(93), "v".repeat(256)));
        assertEquals(Optional.empty(), PropertyLimits.complaint("N", "\ud83d\ude00".repeat(256)));
    }

    @Test
    public void beyondTheLimit_isReported_withoutTheValue() {
        assertEquals(
                Optional.of("The image property USERS has 257 characters; stores of images take no more than 256."),
                PropertyLimits.complaint("USERS", "v".repeat(257)));
        assertEquals(
                Optional.of("The name of the image property " + "N".repeat(94)
                        + " has 94 characters; stores of images take no more than 93."),
                PropertyLimits.complaint("N".repeat(94), "v"));
    }
}
