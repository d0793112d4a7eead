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
import io.imagewright.api.Credentials;
import io.imagewright.error.SettingName;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Checks finished images: {@code imageVerify}. */
public final class ImageVerifier extends Builder implements SimpleBuildStep {

    private final String manifest;
    private @Nullable String signedBy;
    private boolean boot;
    private int bootPort;
    private @Nullable String bootText;
    private int bootSeconds;

    /** @param manifest the {@code *.image-manifest.json} beside the image */
    @DataBoundConstructor
    public ImageVerifier(@Nullable Object manifest) {
        this.manifest = FormTexts.trimmed(FieldValues.text("manifest", manifest));
    }

    public String getManifest() {
        return manifest;
    }

    public @Nullable String getSignedBy() {
        return signedBy;
    }

    @DataBoundSetter
    public void setSignedBy(@Nullable Object signedBy) {
        this.signedBy = FieldValues.text("signedBy", signedBy);
    }

    public boolean isBoot() {
        return boot;
    }

    @DataBoundSetter
    public void setBoot(boolean boot) {
        this.boot = boot;
    }

    public int getBootPort() {
        return bootPort;
    }

    @DataBoundSetter
    public void setBootPort(@Nullable Object bootPort) {
        this.bootPort = FieldValues.number("bootPort", bootPort);
    }

    public @Nullable String getBootText() {
        return bootText;
    }

    @DataBoundSetter
    public void setBootText(@Nullable Object bootText) {
        this.bootText = FieldValues.text("bootText", bootText);
    }

    public int getBootSeconds() {
        return bootSeconds > 0 ? bootSeconds : 300;
    }

    @DataBoundSetter
    public void setBootSeconds(@Nullable Object bootSeconds) {
        this.bootSeconds = FieldValues.number("bootSeconds", bootSeconds);
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        perform(new BuildContext(run, workspace, env, launcher, listener));
    }

    private void perform(BuildContext context) throws InterruptedException, IOException {
        Fields fields = Fields.of(context);
        Arguments arguments = new Arguments("verify")
                .operand(SettingName.MANIFEST, "manifest", fields.required(manifest, "manifest"))
                .option("--signed-by", fields.list(signedBy))
                .option("--tmpdir", ImagewrightConfiguration.get().getTmpdir())
                .flag("--boot", boot)
                .option("--boot-port", boot && bootPort > 0 ? Integer.toString(bootPort) : null)
                .option("--boot-text", boot ? fields.expand(bootText) : null)
                .option("--boot-seconds", boot ? Integer.toString(getBootSeconds()) : null);
        for (JsonNode result : ImageCommand.run(context, arguments, Credentials.NONE)) {
            JsonNode booted = result.at("/result/booted");
            context.listener()
                    .getLogger()
                    .println("Image " + result.path("image").asText() + " is whole"
                            + (booted.isMissingNode()
                                    ? "."
                                    : ", and boots: " + booted.path("awaited").asText() + " after "
                                            + booted.path("seconds").asLong() + " s."));
        }
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageVerify")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.of("imageVerify.displayName");
        }

        /** For the form. */
        @POST
        public FormValidation doCheckManifest(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.required(value));
        }
    }
}
