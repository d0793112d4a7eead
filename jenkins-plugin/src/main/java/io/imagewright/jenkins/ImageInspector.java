package io.imagewright.jenkins;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Tells what is on disks: {@code imageInspect}. */
public final class ImageInspector extends Builder implements SimpleBuildStep {

    private @Nullable String file;
    private @Nullable String source;
    private @Nullable String sourceFormat;
    private @Nullable String engine;
    private @Nullable String luksCredentialsId;

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageInspector() {}

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

    public @Nullable String getLuksCredentialsId() {
        return luksCredentialsId;
    }

    @DataBoundSetter
    public void setLuksCredentialsId(@Nullable String luksCredentialsId) {
        this.luksCredentialsId = Texts.orNull(luksCredentialsId);
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        perform(new BuildContext(run, workspace, env, launcher, listener));
    }

    private void perform(BuildContext context) throws InterruptedException, IOException {
        Fields fields = Fields.of(context);
        ImagewrightConfiguration configuration = ImagewrightConfiguration.get();
        Arguments arguments = new Arguments("inspect")
                .add(fields.fileOrSource(file, source))
                .option("--source-format", fields.expand(sourceFormat))
                .option("--engine", engine == null ? configuration.getEngine() : engine)
                .option("--tmpdir", configuration.getTmpdir());
        Secrets secrets = new Secrets(
                SecretText.of(luksCredentialsId, "luksCredentialsId", context.run()).stream()
                        .toList(),
                null);
        for (JsonNode result : ImageCommand.run(context, arguments, secrets)) {
            InspectionLog.write(result.path("result"), context.listener().getLogger());
        }
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageInspect")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.of("imageInspect.displayName");
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
        public ListBoxModel doFillEngineItems() {
            return Engines.items();
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillLuksCredentialsIdItems(@AncestorInPath @Nullable Item item) {
            return SecretText.items(item);
        }
    }
}
