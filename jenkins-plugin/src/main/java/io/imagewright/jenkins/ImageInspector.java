package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.imagewright.api.Credentials;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Reports what is on disks: {@code imageInspect}. */
public final class ImageInspector extends DiskStep {

    private @Nullable String engine;
    private @Nullable String luksCredentialsId;

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageInspector() {}

    public @Nullable String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(@Nullable Object engine) {
        this.engine = FieldValues.text("engine", engine);
    }

    public @Nullable String getLuksCredentialsId() {
        return luksCredentialsId;
    }

    @DataBoundSetter
    public void setLuksCredentialsId(@Nullable Object luksCredentialsId) {
        this.luksCredentialsId = FieldValues.text("luksCredentialsId", luksCredentialsId);
    }

    @Override
    public List<JsonNode> perform(BuildContext context) throws InterruptedException, IOException {
        Arguments arguments = command("inspect", Fields.of(context)).option("--engine", EngineItems.chosen(engine));
        Credentials secrets = Credentials.NONE.with(
                Credentials.LUKS,
                SecretText.of(luksCredentialsId, "luksCredentialsId", context.run())
                        .orElse(null));
        List<JsonNode> results = ImageCommand.run(context, arguments, secrets);
        results.forEach(result ->
                InspectionLog.write(result.path("result"), context.listener().getLogger()));
        return results;
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageInspect")
    public static final class DescriptorImpl extends DiskStepDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.of("imageInspect.displayName");
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
    }
}
