package io.imagewright.maven;

import java.io.File;
import java.util.List;

import io.imagewright.ImageDoctor;
import io.imagewright.api.DoctorReport;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Lists what this machine has of what builds need: programs and libraries with their versions, what each is for, and what to install. Fails
 * when no engine works.
 *
 * @since 0.1.0
 */
@Mojo(name = "doctor", requiresProject = false, threadSafe = true)
public final class DoctorMojo extends AbstractMojo {

    private static final String OWN_SKIP = "image.doctor.skip";

    /**
     * <code>text</code> or <code>json</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.output", defaultValue = "text")
    private String output;

    /**
     * File for the result, instead of log or standard output.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputFile")
    private @Nullable File outputFile;

    /**
     * Does nothing but say so. <code>image.doctor.skip</code> does this for this goal alone.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        boolean own = Boolean.parseBoolean(session.getUserProperties()
                .getProperty(
                        OWN_SKIP, session.getCurrentProject().getProperties().getProperty(OWN_SKIP)));
        if (skip || own) {
            getLog().info("Skipping, as " + (skip ? "image.skip" : OWN_SKIP) + " is set");
            return;
        }
        try {
            OutputKind kind = OutputKind.of(output);
            DoctorReport report = ImageDoctor.examine(event -> {
                if (event instanceof ProgressEvent.ProgramEnded ended) {
                    getLog().debug(ended.describe());
                }
            });
            new ResultOutput(getLog(), outputFile == null ? null : outputFile.toPath())
                    .answer(kind, report.lines(), List.of(report.document()));
            report.requireEngine();
        } catch (ImageException e) {
            MojoErrors.rethrow(e);
        }
    }
}
