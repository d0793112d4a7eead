package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imagewright.api.Credentials;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Builds images: {@code imageBuild}. */
public final class ImageBuilder extends OutputStep {

    private @Nullable String engine;
    private @Nullable String enable;
    private @Nullable String disable;
    private @Nullable String params;
    private @Nullable String properties;
    private @Nullable String size;
    private boolean repair;
    private boolean allowUnsupported;

    /** So that what says nothing is shrunk and listed: files of jobs are read without a constructor. */
    private boolean skipShrink;

    private boolean skipSbom;
    private @Nullable String luksCredentialsId;
    private boolean sign;
    private @Nullable String gpgKeyname;
    private @Nullable String gpgCredentialsId;

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageBuilder() {}

    public @Nullable String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(@Nullable Object engine) {
        this.engine = FieldValues.text("engine", engine);
    }

    public @Nullable String getEnable() {
        return enable;
    }

    @DataBoundSetter
    public void setEnable(@Nullable Object enable) {
        this.enable = FieldValues.text("enable", enable);
    }

    public @Nullable String getDisable() {
        return disable;
    }

    @DataBoundSetter
    public void setDisable(@Nullable Object disable) {
        this.disable = FieldValues.text("disable", disable);
    }

    public @Nullable String getParams() {
        return params;
    }

    @DataBoundSetter
    public void setParams(@Nullable Object params) {
        this.params = FieldValues.lines("params", params);
    }

    public @Nullable String getProperties() {
        return properties;
    }

    @DataBoundSetter
    public void setProperties(@Nullable Object properties) {
        this.properties = FieldValues.lines("properties", properties);
    }

    public @Nullable String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(@Nullable Object size) {
        this.size = FieldValues.text("size", size);
    }

    public boolean isShrink() {
        return !skipShrink;
    }

    @DataBoundSetter
    public void setShrink(boolean shrink) {
        this.skipShrink = !shrink;
    }

    public boolean isRepair() {
        return repair;
    }

    @DataBoundSetter
    public void setRepair(boolean repair) {
        this.repair = repair;
    }

    public boolean isAllowUnsupported() {
        return allowUnsupported;
    }

    @DataBoundSetter
    public void setAllowUnsupported(boolean allowUnsupported) {
        this.allowUnsupported = allowUnsupported;
    }

    public boolean isSbom() {
        return !skipSbom;
    }

    @DataBoundSetter
    public void setSbom(boolean sbom) {
        this.skipSbom = !sbom;
    }

    public @Nullable String getLuksCredentialsId() {
        return luksCredentialsId;
    }

    @DataBoundSetter
    public void setLuksCredentialsId(@Nullable Object luksCredentialsId) {
        this.luksCredentialsId = FieldValues.text("luksCredentialsId", luksCredentialsId);
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
    public void setGpgKeyname(@Nullable Object gpgKeyname) {
        this.gpgKeyname = FieldValues.text("gpgKeyname", gpgKeyname);
    }

    public @Nullable String getGpgCredentialsId() {
        return gpgCredentialsId;
    }

    @DataBoundSetter
    public void setGpgCredentialsId(@Nullable Object gpgCredentialsId) {
        this.gpgCredentialsId = FieldValues.text("gpgCredentialsId", gpgCredentialsId);
    }

    @Override
    public List<JsonNode> perform(BuildContext context) throws InterruptedException, IOException {
        Fields fields = Fields.of(context);
        Arguments arguments = writing("build", fields)
                .option("--engine", EngineItems.chosen(engine))
                .option("--enable", fields.list(enable))
                .option("--disable", fields.list(disable))
                .each("--param", fields.keyValues(params, "params"))
                .each("--property", fields.keyValues(properties, "properties"))
                .option("--size", fields.expand(size))
                .flag("--no-shrink", skipShrink)
                .flag("--repair", repair)
                .flag("--allow-unsupported", allowUnsupported)
                .flag("--no-sbom", skipSbom)
                .option("--sign", sign ? "gpg" : null)
                .option("--gpg-keyname", sign ? fields.expand(gpgKeyname) : null);
        Credentials secrets = Credentials.NONE
                .with(
                        Credentials.LUKS,
                        SecretText.of(luksCredentialsId, "luksCredentialsId", context.run())
                                .orElse(null))
                .with(
                        Credentials.GPG,
                        SecretText.of(sign ? gpgCredentialsId : null, "gpgCredentialsId", context.run())
                                .orElse(null));
        return write(context, arguments, secrets);
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageBuild")
    public static final class DescriptorImpl extends OutputStepDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.of("imageBuild.displayName");
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
