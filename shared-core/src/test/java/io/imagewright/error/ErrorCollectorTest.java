package io.imagewright.error;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ErrorCollectorTest {

    private final ErrorCollector errors = new ErrorCollector();

    private static void fail(String what) {
        throw ImageException.of(ImageException.Kind.DESCRIPTION, what, "it is wrong", "Correct it.");
    }

    @Test
    public void noMistake_isNoFailure() {
        errors.check(() -> {});
        assertEquals("value", errors.get(() -> "value").orElseThrow());
        errors.throwAny();
    }

    @Test
    public void oneMistake_isItself() {
        errors.check(() -> fail("a"));
        assertEquals(
                "a: it is wrong. Correct it.",
                assertThrows(ImageException.class, errors::throwAny).getMessage());
    }

    @Test
    public void severalAreListed_thoseOfInnerChecksAmongThem() {
        errors.check(() -> fail("a"));
        errors.get("image web", () -> {
            ErrorCollector inner = new ErrorCollector();
            inner.check(() -> fail("b"));
            inner.check(() -> fail("c"));
            inner.throwAny();
            return true;
        });
        ImageException all = assertThrows(ImageException.class, errors::throwAny);
        assertEquals(ImageException.Kind.DESCRIPTION, all.kind());
        assertEquals(
                "3 mistakes:\n  a: it is wrong. Correct it.\n  image web: b: it is wrong. Correct it.\n  image web: c: it is wrong."
                        + " Correct it.",
                all.getMessage());
    }

    @Test
    public void whatIsWrongForAll_isListedOnce() {
        errors.check(() -> fail("a"));
        errors.check(() -> fail("a"));
        errors.check(() -> fail("b"));
        assertEquals(
                "2 mistakes:\n  a: it is wrong. Correct it.\n  b: it is wrong. Correct it.",
                assertThrows(ImageException.class, errors::throwAny).getMessage());
    }

    @Test
    public void whatIsNoMistakeOfTheUser_endsTheChecks() {
        assertThrows(
                ImageException.class,
                () -> errors.check(() -> {
                    throw ImageException.of(ImageException.Kind.ENVIRONMENT, "a", "no space", "");
                }));
    }

    @Test
    public void aListHasAnEnd() {
        for (int i = 0; i < 1000; i++) {
            String name = "n" + i;
            errors.check(() -> fail(name));
        }
        String message = assertThrows(ImageException.class, errors::throwAny).getMessage();
        assertTrue(message, message.startsWith("1000 mistakes:\n  n0: "));
        assertTrue(message, message.endsWith("\n  and 980 more"));
    }
}
