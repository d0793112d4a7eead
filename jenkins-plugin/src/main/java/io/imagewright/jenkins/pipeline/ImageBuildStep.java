package io.imagewright.jenkins.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imagewright.jenkins.BuildContext;
import io.imagewright.jenkins.Checks;
import io.imagewright.jenkins.EngineItems;
import io.imagewright.jenkins.Forms;
import io.imagewright.jenkins.ImageBuilder;
import io.imagewright.jenkins.ProcessCookie;
import io.imagewright.jenkins.SecretText;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code imageBuild} in a pipeline: builds images, and gives back their manifest. */
public final class ImageBuildStep extends Step {

    private final ImageBuilder builder = new ImageBuilder();

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageBuildStep() {}

    public @Nullable String getFile() {
        return builder.getFile();
    }

    @DataBoundSetter
    public void setFile(@Nullable Object file) {
        builder.setFile(file);
    }

    public @Nullable String getSource() {
        return builder.getSource();
    }

    @DataBoundSetter
    public void setSource(@Nullable Object source) {
        builder.setSource(source);
    }

    public @Nullable String getName() {
        return builder.getName();
    }

    @DataBoundSetter
    public void setName(@Nullable Object name) {
        builder.setName(name);
    }

    public @Nullable String getVersion() {
        return builder.getVersion();
    }

    @DataBoundSetter
    public void setVersion(@Nullable Object version) {
        builder.setVersion(version);
    }

    public @Nullable String getSourceFormat() {
        return builder.getSourceFormat();
    }

    @DataBoundSetter
    public void setSourceFormat(@Nullable Object sourceFormat) {
        builder.setSourceFormat(sourceFormat);
    }

    public @Nullable String getDisks() {
        return builder.getDisks();
    }

    @DataBoundSetter
    public void setDisks(@Nullable Object disks) {
        builder.setDisks(disks);
    }

    public @Nullable String getEngine() {
        return builder.getEngine();
    }

    @DataBoundSetter
    public void setEngine(@Nullable Object engine) {
        builder.setEngine(engine);
    }

    public @Nullable String getEnable() {
        return builder.getEnable();
    }

    @DataBoundSetter
    public void setEnable(@Nullable Object enable) {
        builder.setEnable(enable);
    }

    public @Nullable String getDisable() {
        return builder.getDisable();
    }

    @DataBoundSetter
    public void setDisable(@Nullable Object disable) {
        builder.setDisable(disable);
    }

    /** As in {@code params: [NAME: 'value']}. */
    public @Nullable Map<String, String> getParams() {
        return Entries.read(builder.getParams());
    }

    @DataBoundSetter
    public void setParams(@Nullable Object params) {
        builder.setParams(params);
    }

    /** As in {@code properties: [NAME: 'value']}. */
    public @Nullable Map<String, String> getProperties() {
        return Entries.read(builder.getProperties());
    }

    @DataBoundSetter
    public void setProperties(@Nullable Object properties) {
        builder.setProperties(properties);
    }

    public @Nullable String getFormats() {
        return builder.getFormats();
    }

    @DataBoundSetter
    public void setFormats(@Nullable Object formats) {
        builder.setFormats(formats);
    }

    public @Nullable String getChecksums() {
        return builder.getChecksums();
    }

    @DataBoundSetter
    public void setChecksums(@Nullable Object checksums) {
        builder.setChecksums(checksums);
    }

    public @Nullable String getSize() {
        return builder.getSize();
    }

    @DataBoundSetter
    public void setSize(@Nullable Object size) {
        builder.setSize(size);
    }

    public boolean isShrink() {
        return builder.isShrink();
    }

    @DataBoundSetter
    public void setShrink(boolean shrink) {
        builder.setShrink(shrink);
    }

    public boolean isRepair() {
        return builder.isRepair();
    }

    @DataBoundSetter
    public void setRepair(boolean repair) {
        builder.setRepair(repair);
    }

    public boolean isAllowUnsupported() {
        return builder.isAllowUnsupported();
    }

    @DataBoundSetter
    public void setAllowUnsupported(boolean allowUnsupported) {
        builder.setAllowUnsupported(allowUnsupported);
    }

    public boolean isSbom() {
        return builder.isSbom();
    }

    @DataBoundSetter
    public void setSbom(boolean sbom) {
        builder.setSbom(sbom);
    }

    public @Nullable String getOutputDirectory() {
        return builder.getOutputDirectory();
    }

    @DataBoundSetter
    public void setOutputDirectory(@Nullable Object outputDirectory) {
        builder.setOutputDirectory(outputDirectory);
    }

    public @Nullable String getLuksCredentialsId() {
        return builder.getLuksCredentialsId();
    }

    @DataBoundSetter
    public void setLuksCredentialsId(@Nullable Object luksCredentialsId) {
        builder.setLuksCredentialsId(luksCredentialsId);
    }

    public boolean isSign() {
        return builder.isSign();
    }

    @DataBoundSetter
    public void setSign(boolean sign) {
        builder.setSign(sign);
    }

    public @Nullable String getGpgKeyname() {
        return builder.getGpgKeyname();
    }

    @DataBoundSetter
    public void setGpgKeyname(@Nullable Object gpgKeyname) {
        builder.setGpgKeyname(gpgKeyname);
    }

    public @Nullable String getGpgCredentialsId() {
        return builder.getGpgCredentialsId();
    }

    @DataBoundSetter
    public void setGpgCredentialsId(@Nullable Object gpgCredentialsId) {
        builder.setGpgCredentialsId(gpgCredentialsId);
    }

    public boolean isForce() {
        return builder.isForce();
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        builder.setForce(force);
    }

    public boolean isArchive() {
        return builder.isArchive();
    }

    @DataBoundSetter
    public void setArchive(boolean archive) {
        builder.setArchive(archive);
    }

    /** For the form that generates pipelines; what is written there is generated as a map. */
    public @Nullable String getPropertyLines() {
        return null;
    }

    @DataBoundSetter
    public void setPropertyLines(@Nullable Object lines) {
        builder.setProperties(lines);
    }

    /** As {@link #getPropertyLines}. */
    public @Nullable String getParamLines() {
        return null;
    }

    @DataBoundSetter
    public void setParamLines(@Nullable Object lines) {
        builder.setParams(lines);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, builder);
    }

    /** Cannot go on after a restart of the controller: Jenkins ends the step then, and says why. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {

        private static final long serialVersionUID = 1L;

        private final transient ImageBuilder builder;
        private final String cookie = ProcessCookie.fresh();

        Execution(StepContext context, ImageBuilder builder) {
            super(context);
            this.builder = builder;
        }

        @Override
        protected Map<String, Object> run() throws Exception {
            StepContext context = getContext();
            List<JsonNode> results = builder.perform(new BuildContext(
                    context.get(Run.class),
                    context.get(FilePath.class),
                    context.get(EnvVars.class),
                    context.get(Launcher.class),
                    context.get(TaskListener.class),
                    cookie));
            return BuiltImages.of(results);
        }

        /** The agent has gone on; what it makes would meet the next build. */
        @Override
        public void onResume() {
            try {
                @Nullable Launcher launcher = getContext().get(Launcher.class);
                if (launcher != null) {
                    ProcessCookie.kill(launcher, cookie);
                }
            } catch (IOException agentIsGone) {
                // and its processes with it
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                super.onResume();
            }
        }
    }

    /** Describes it to Jenkins; before the build step of the same name in lists that show but one of them. */
    @Extension(optional = true, ordinal = 1)
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "imageBuild";
        }

        @Override
        public String getDisplayName() {
            return StepMessages.of("ImageBuildStep.displayName");
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, EnvVars.class, Launcher.class, TaskListener.class);
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
        public FormValidation doCheckSize(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.size(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckPropertyLines(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.keyValues(value));
        }

        /** For the form. */
        @POST
        public FormValidation doCheckParamLines(@AncestorInPath @Nullable Item item, @QueryParameter String value) {
            return Forms.check(item, () -> Checks.keyValues(value));
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillEngineItems() {
            return EngineItems.items();
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillLuksCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter String luksCredentialsId) {
            return SecretText.items(item, luksCredentialsId);
        }

        /** For the form. */
        @POST
        public ListBoxModel doFillGpgCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter String gpgCredentialsId) {
            return SecretText.items(item, gpgCredentialsId);
        }
    }
}
