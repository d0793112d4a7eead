package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** What the goals that look into guests share: where the work is done, and how it is shown. */
abstract class GuestMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Inject
    private SettingsDecrypter decrypter;

    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /**
     * Does nothing but say so. <code>image.build.skip</code>, <code>image.inspect.skip</code> and so on do this for one goal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Id of a server in <code>settings.xml</code> whose password, encrypted as Maven encrypts passwords or not, opens the source's LUKS
     * containers. The environment variable <code>IMAGEWRIGHT_LUKS_KEY</code> does it, too.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.luksServer")
    private @Nullable String luksServer;

    /**
     * Memory of the virtual machine of the engine libguestfs, in MiB; 0 for 1024.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.applianceMemory", defaultValue = "0")
    private int applianceMemory;

    /**
     * Processors of the virtual machine of the engine libguestfs; 0 for those of this machine, at most 4.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.applianceProcessors", defaultValue = "0")
    private int applianceProcessors;

    /**
     * How many virtual machines of the engine libguestfs may run at a time on this machine, whoever starts them; others wait. 0 for what half of
     * its free memory holds.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.applianceMachines", defaultValue = "0")
    private int applianceMachines;

    /**
     * How long the virtual machine of the engine libguestfs may take to start, in seconds; 0 for 300.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.applianceLaunchSeconds", defaultValue = "0")
    private int applianceLaunchSeconds;

    /**
     * Directory for work files, which need about as much space as the source holds. Without it, the writable one with most free
     * space of the build directory, <code>/var/tmp</code> and the home directory; <code>image:inspect</code> and
     * <code>image:plan</code> look at the system's temporary directory instead of the build directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.tmpdir")
    private @Nullable File tmpdir;

    /**
     * Where the work on the guest is done: <code>fork</code> for a JVM of its own, or <code>inprocess</code> for debugging.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.worker", defaultValue = "fork")
    private String worker;

    /**
     * How progress is shown: <code>plain</code> lines, <code>rich</code> with a bar that is redrawn, or <code>auto</code> to take
     * rich on a terminal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.console", defaultValue = "auto")
    private String console;

    /** The project; a stand-in outside of one. */
    final MavenProject project() {
        return project;
    }

    /** The password of a server in the settings, decrypted. */
    final Optional<String> serverPassword(String server) {
        return ServerPassword.of(server, session.getSettings(), decrypter);
    }

    /** Where a file of the user's is; null for none. */
    final @Nullable Path resolve(@Nullable File file) {
        return file == null ? null : place().resolve(file);
    }

    /** Where the user is. */
    final ProjectPlace place() {
        return ProjectPlace.of(project, session);
    }

    final MavenSession session() {
        return session;
    }

    final MojoExecution execution() {
        return execution;
    }

    /** Refuses properties on the command line that only look as if they were this plugin's. */
    final void checkProperties(Set<String> names) {
        PropertyCheck.check(names, plugin, getLog());
    }

    /** For lines about an image. */
    final Log log(String image) {
        return ImageLog.of(getLog(), image, session);
    }

    final ConsoleStyle consoleStyle() {
        return ConsoleStyle.choose(console, session, getLog());
    }

    /** Parent of the work directory; null to choose one. */
    final @Nullable Path workParent() {
        return resolve(tmpdir);
    }

    final ImageBuildRequest.WorkerSettings worker() {
        return new ImageBuildRequest.WorkerSettings(
                inProcess(),
                WorkerClassPath.of(plugin),
                new ApplianceSettings(applianceMemory, applianceProcessors, applianceMachines, applianceLaunchSeconds),
                LuksKeys.of(luksServer, session.getSettings(), decrypter));
    }

    /** The property that switches this goal off. */
    final Optional<String> skipping() {
        String own = PropertyOverrides.PREFIX + execution.getGoal() + ".skip";
        String value = session.getUserProperties()
                .getProperty(own, project.getProperties().getProperty(own));
        return skip ? Optional.of("image.skip") : Optional.of(own).filter(name -> Boolean.parseBoolean(value));
    }

    private boolean inProcess() {
        if (!worker.equals("fork") && !worker.equals("inprocess")) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "image.worker", "expected fork or inprocess, found '" + worker + "'", "");
        }
        return worker.equals("inprocess");
    }
}
