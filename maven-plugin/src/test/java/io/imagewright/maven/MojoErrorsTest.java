package io.imagewright.maven;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.apache.maven.plugin.AbstractMojoExecutionException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;

public class MojoErrorsTest {

    private static AbstractMojoExecutionException thrown(Kind kind) {
        ImageException e = ImageException.of(kind, "Cannot read disk.img", "it is empty", "Choose another one.");
        return assertThrows(AbstractMojoExecutionException.class, () -> MojoErrors.rethrow(e));
    }

    @Test
    public void whatTheUserCanFixHasNoCause() {
        for (Kind kind : Kind.values()) {
            AbstractMojoExecutionException e = thrown(kind);
            assertEquals("Cannot read disk.img: it is empty. Choose another one.", e.getMessage());
            if (kind != Kind.INTERNAL) {
                assertNull(kind.name(), e.getCause());
            }
        }
    }

    @Test
    public void internalFailureKeepsItsCause() {
        ImageException e = ImageException.of(Kind.INTERNAL, "a", "b", "");
        assertSame(
                e,
                assertThrows(MojoExecutionException.class, () -> MojoErrors.rethrow(e))
                        .getCause());
    }

    @Test
    public void mistakesOfTheProjectAreFailuresAndThoseOfTheMachineErrors() {
        assertEquals(MojoFailureException.class, thrown(Kind.DESCRIPTION).getClass());
        assertEquals(MojoFailureException.class, thrown(Kind.SOURCE).getClass());
        assertEquals(MojoFailureException.class, thrown(Kind.UNSUPPORTED).getClass());
        assertEquals(MojoExecutionException.class, thrown(Kind.ENVIRONMENT).getClass());
        assertEquals(MojoExecutionException.class, thrown(Kind.CANCELLED).getClass());
    }

    @Test
    public void settingsAreNamedAsMavenNamesThem() {
        ImageException e = ImageException.of(
                Kind.ENVIRONMENT,
                "a",
                "b",
                Message.of("Set ", SettingName.TMPDIR, " or ", SettingName.REPAIR.to("true")));
        assertEquals(
                "a: b. Set image.tmpdir or -Dimage.repair=true",
                assertThrows(MojoExecutionException.class, () -> MojoErrors.rethrow(e))
                        .getMessage());
    }
}
