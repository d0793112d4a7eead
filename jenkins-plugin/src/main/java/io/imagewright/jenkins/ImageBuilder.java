package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
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
import hudson.util.ListBoxModel;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Builds images: {@code imageBuild}. */
public final class ImageBuilder extends Builder implements SimpleBuildStep {

    private @Nullable String file;
    private @Nullable String source;
    private @Nullable String name;
    private @Nullable String version;
    private @Nullable String sourceFormat;
    private @Nullable String engine;
    private @Nullable String enable;
    private @Nullable String disable;
    private @Nullable String params;
    private @Nullable String properties;
    private @Nullable String formats;
    private @Nullable String checksums;
    private @Nullable String size;
    private @Nullable String outputDirectory;
    private @Nullable String luksCredentialsId;
    private boolean sign;
    private @Nullable String gpgKeyname;
    private @Nullable String gpgCredentialsId;
    private boolean force;
    /** So that what says nothing is archived: files of jobs are read without a constructor. */
    private boolean skipArchive;

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageBuilder() {}

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

    public @Nullable String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(@Nullable String engine) {
        this.engine = Texts.orNull(engine);
    }

    public @Nullable String getEnable() {
        return enable;
    }

    @DataBoundSetter
    public void setEnable(@Nullable String enable) {
        this.enable = Texts.orNull(enable);
    }

    public @Nullable String getDisable() {
        return disable;
    }

    @DataBoundSetter
    public void setDisable(@Nullable String disable) {
        this.disable = Texts.orNull(disable);
    }

    public @Nullable String getParams() {
        return params;
    }

    @DataBoundSetter
    public void setParams(@Nullable String params) {
        this.params = Texts.orNull(params);
    }

    public @Nullable String getProperties() {
        return properties;
    }

    @DataBoundSetter
    public void setProperties(@Nullable String properties) {
        this.properties = Texts.orNull(properties);
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

    public @Nullable String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(@Nullable String size) {
        this.size = Texts.orNull(size);
    }

    public @Nullable String getOutputDirectory() {
        return outputDirectory;
    }

    @DataBoundSetter
    public void setOutputDirectory(@Nullable String outputDirectory) {
        this.outputDirectory = Texts.orNull(outputDirectory);
    }

    public @Nullable String getLuksCredentialsId() {
        return luksCredentialsId;
    }

    @DataBoundSetter
    public void setLuksCredentialsId(@Nullable String luksCredentialsId) {
        this.luksCredentialsId = Texts.orNull(luksCredentialsId);
    }

    public boolean isSign() {
        return sign;
    }

    @DataBoundSetter
    public void setSign(boolean sign) {
        this.sign = sign;
    }

    public @Nullable String getGpgKeyname() {
        return gpgKeyname;
    }

    @DataBoundSetter
    public void setGpgKeyname(@Nullable String gpgKeyname) {
        this.gpgKeyname = Texts.orNull(gpgKeyname);
    }

    public @Nullable String getGpgCredentialsId() {
        return gpgCredentialsId;
    }

    @DataBoundSetter
    public void setGpgCredentialsId(@Nullable String gpgCredentialsId) {
        this.gpgCredentialsId = Texts.orNull(gpgCredentialsId);
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

    /**
     * Builds.
     *
     * @return what came of it, a message for each image
     * @throws AbortException in words for people, when the image cannot be built
     */
    public List<JsonNode> perform(BuildContext context) throws InterruptedException, IOException {
        Fields fields = Fields.of(context);
        ImagewrightConfiguration configuration = ImagewrightConfiguration.get();
        Arguments arguments = new Arguments("build")
                .add(fields.fileOrSource(file, source))
                .option("--name", fields.expand(name))
                .option("--image-version", fields.expand(version))
                .option("--source-format", fields.expand(sourceFormat))
                .option("--engine", engine == null ? configuration.getEngine() : engine)
                .option("--enable", fields.list(enable))
                .option("--disable", fields.list(disable))
                .each("--param", fields.keyValues(params, "params"))
                .each("--property", fields.keyValues(properties, "properties"))
                .option("--format", fields.list(formats))
                .option("--checksum", fields.list(checksums))
                .option("--size", fields.expand(size))
                .option("--output-directory", fields.outputDirectory(outputDirectory))
                .option("--tmpdir", configuration.getTmpdir())
                .flag("--force", force)
                .option("--sign", sign ? "gpg" : null)
                .option("--gpg-keyname", sign ? fields.expand(gpgKeyname) : null);
        Secrets secrets = new Secrets(
                SecretText.of(luksCredentialsId, "luksCredentialsId", context.run()).stream()
                        .toList(),
                SecretText.of(sign ? gpgCredentialsId : null, "gpgCredentialsId", context.run())
                        .orElse(null));
        List<JsonNode> results = ImageCommand.run(context, arguments, secrets);
        ImageRecords.keep(context, results, !skipArchive);
        return results;
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageBuild")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.of("imageBuild.displayName");
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

        /** For the form. */
        @POST
        public FormValidation doCheckEnable(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.words(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckDisable(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.words(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckParams(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.keyValues(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckProperties(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.keyValues(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckSize(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.size(value));
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillEngineItems() {
            return Engines.items();
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillLuksCredentialsIdItems(@AncestorInPath @Nullable Item item) {
            return SecretText.items(item);
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillGpgCredentialsIdItems(@AncestorInPath @Nullable Item item) {
            return SecretText.items(item);
        }
    }
}
