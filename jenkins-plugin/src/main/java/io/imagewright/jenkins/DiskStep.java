package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.imagewright.error.SettingName;
import jenkins.tasks.SimpleBuildStep;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that works on disks: which ones, and how Jenkins runs it. */
public abstract class DiskStep extends Builder implements SimpleBuildStep {

    private @Nullable String file;
    private @Nullable String source;
    private @Nullable String sourceFormat;
    private @Nullable String disks;

    public @Nullable String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(@Nullable Object file) {
        this.file = FieldValues.text("file", file);
    }

    public @Nullable String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(@Nullable Object source) {
        this.source = FieldValues.text("source", source);
    }

    public @Nullable String getSourceFormat() {
        return sourceFormat;
    }

    @DataBoundSetter
    public void setSourceFormat(@Nullable Object sourceFormat) {
        this.sourceFormat = FieldValues.text("sourceFormat", sourceFormat);
    }

    public @Nullable String getDisks() {
        return disks;
    }

    @DataBoundSetter
    public void setDisks(@Nullable Object disks) {
        this.disks = FieldValues.text("disks", disks);
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        perform(new BuildContext(run, workspace, env, launcher, listener));
    }

    /**
     * Does it.
     *
     * @return what came of it, a message for each image
     * @throws AbortException in words for people, when it cannot be done
     */
    public abstract List<JsonNode> perform(BuildContext context) throws InterruptedException, IOException;

    /** The command, with what says which disks it works on, and what is configured for all. */
    final Arguments command(String command, Fields fields) throws AbortException {
        return new Arguments(command)
                .operand(
                        SettingName.SOURCE_MEDIA,
                        fields.expand(file) == null ? "source" : "file",
                        fields.fileOrSource(file, source))
                .option("--source-format", fields.expand(sourceFormat))
                .all("--disk", fields.items(disks))
                .option("--tmpdir", ImagewrightConfiguration.get().getTmpdir());
    }

    /** What the forms of all of them check. */
    public abstract static class DiskStepDescriptor extends BuildStepDescriptor<Builder> {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
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
    }
}
