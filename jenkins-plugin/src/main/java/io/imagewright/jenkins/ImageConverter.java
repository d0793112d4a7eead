package io.imagewright.jenkins;

import java.io.IOException;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Writes disks in other formats as they are: {@code imageConvert}. */
public final class ImageConverter extends Builder implements SimpleBuildStep {

    private @Nullable String file;
    private @Nullable String source;
    private @Nullable String name;
    private @Nullable String version;
    private @Nullable String sourceFormat;
    private @Nullable String formats;
    private @Nullable String checksums;
    private @Nullable String outputDirectory;
    private boolean force;
    /** So that what says nothing is archived: files of jobs are read without a constructor. */
    private boolean skipArchive;

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageConverter() {}

    public @Nullable String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(@Nullable String file) {
        this.file = Texts.orNull(file);
    }

    public @Nullable String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(@Nullable String source) {
        this.source = Texts.orNull(source);
    }

    public @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@Nullable String name) {
        this.name = Texts.orNull(name);
    }

    public @Nullable String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(@Nullable String version) {
        this.version = Texts.orNull(version);
    }

    public @Nullable String getSourceFormat() {
        return sourceFormat;
    }

    @DataBoundSetter
    public void setSourceFormat(@Nullable String sourceFormat) {
        this.sourceFormat = Texts.orNull(sourceFormat);
    }

    public @Nullable String getFormats() {
        return formats;
    }

    @DataBoundSetter
    public void setFormats(@Nullable String formats) {
        this.formats = Texts.orNull(formats);
    }

    public @Nullable String getChecksums() {
        return checksums;
    }

    @DataBoundSetter
    public void setChecksums(@Nullable String checksums) {
        this.checksums = Texts.orNull(checksums);
    }

    public @Nullable String getOutputDirectory() {
        return outputDirectory;
    }

    @DataBoundSetter
    public void setOutputDirectory(@Nullable String outputDirectory) {
        this.outputDirectory = Texts.orNull(outputDirectory);
    }

    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    public boolean isArchive() {
        return !skipArchive;
    }

    @DataBoundSetter
    public void setArchive(boolean archive) {
        this.skipArchive = !archive;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        perform(new BuildContext(run, workspace, env, launcher, listener));
    }

    private void perform(BuildContext context) throws InterruptedException, IOException {
        Fields fields = Fields.of(context);
        Arguments arguments = new Arguments("convert")
                .add(fields.fileOrSource(file, source))
                .option("--name", fields.expand(name))
                .option("--image-version", fields.expand(version))
                .option("--source-format", fields.expand(sourceFormat))
                .option("--format", fields.list(formats))
                .option("--checksum", fields.list(checksums))
                .option("--output-directory", fields.outputDirectory(outputDirectory))
                .option("--tmpdir", ImagewrightConfiguration.get().getTmpdir())
                .flag("--force", force);
        ImageRecords.keep(context, ImageCommand.run(context, arguments, Secrets.NONE), !skipArchive);
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageConvert")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.of("imageConvert.displayName");
        }

        /** For the form. */
        @POST
        public FormValidation doCheckFile(
                @AncestorInPath @Nullable Item item, @QueryParameter String value, @QueryParameter String source) {
            return Forms.check(item, () -> Checks.file(value, source));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckSource(
                @AncestorInPath @Nullable Item item, @QueryParameter String value, @QueryParameter String file) {
            return Forms.check(item, () -> Checks.source(file, value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckName(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.name(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckFormats(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.words(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckChecksums(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.words(value));
        }
    }
}
