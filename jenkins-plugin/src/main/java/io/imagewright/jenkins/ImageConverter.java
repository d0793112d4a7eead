package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.imagewright.api.Credentials;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Writes disks in other formats as they are: {@code imageConvert}. */
public final class ImageConverter extends OutputStep {

    /** Everything has a default. */
    @DataBoundConstructor
    public ImageConverter() {}

    @Override
    public List<JsonNode> perform(BuildContext context) throws InterruptedException, IOException {
        return write(context, writing("convert", Fields.of(context)), Credentials.NONE);
    }

    /** Describes it to Jenkins. */
    @Extension
    @Symbol("imageConvert")
    public static final class DescriptorImpl extends OutputStepDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.of("imageConvert.displayName");
        }
    }
}
