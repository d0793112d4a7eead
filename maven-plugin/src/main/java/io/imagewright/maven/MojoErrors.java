package io.imagewright.maven;

import io.imagewright.error.ImageException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** How failures of the core become failures of Maven. */
final class MojoErrors {

    private MojoErrors() {}

    /**
     * Throws the message alone for what a user can fix, so that there is no trace to print, and adds the cause for the rest.
     *
     * @throws MojoFailureException when the description or the source is wrong
     * @throws MojoExecutionException when the machine or this tool failed
     */
    static void rethrow(ImageException e) throws MojoFailureException, MojoExecutionException {
        String message = e.message().in(MavenWording.INSTANCE);
        switch (e.kind()) {
            case DESCRIPTION, SOURCE, UNSUPPORTED -> throw new MojoFailureException(message);
            case ENVIRONMENT, CANCELLED -> throw new MojoExecutionException(message);
            case INTERNAL -> throw new MojoExecutionException(message, e);
        }
    }
}
