package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.imagewright.api.Credentials;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that writes images: what they are called, in which formats, and what becomes of them. */
public abstract class OutputStep extends DiskStep {

    private @Nullable String name;
    private @Nullable String version;
    private @Nullable String formats;
    private @Nullable String checksums;
    private @Nullable String outputDirectory;
    private boolean force;
    /** So that what says nothing is archived: files of jobs are read without a constructor. */
    private boolean skipArchive;

    public @Nullable String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@Nullable Object name) {
        this.name = FieldValues.text("name", name);
    }

    public @Nullable String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(@Nullable Object version) {
        this.version = FieldValues.text("version", version);
    }

    public @Nullable String getFormats() {
        return formats;
    }

    @DataBoundSetter
    public void setFormats(@Nullable Object formats) {
        this.formats = FieldValues.text("formats", formats);
    }

    public @Nullable String getChecksums() {
        return checksums;
    }

    @DataBoundSetter
    public void setChecksums(@Nullable Object checksums) {
        this.checksums = FieldValues.text("checksums", checksums);
    }

    public @Nullable String getOutputDirectory() {
        return outputDirectory;
    }

    @DataBoundSetter
    public void setOutputDirectory(@Nullable Object outputDirectory) {
        this.outputDirectory = FieldValues.text("outputDirectory", outputDirectory);
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

    /** The command, with what says which disks it works on and what it writes. */
    final Arguments writing(String command, Fields fields) throws AbortException {
        return command(command, fields)
                .option("--name", fields.expand(name))
                .option("--image-version", fields.expand(version))
                .option("--format", fields.list(formats))
                .option("--checksum", fields.list(checksums))
                .option("--output-directory", fields.outputDirectory(outputDirectory))
                .flag("--force", force);
    }

    /** Runs it, and keeps what came of it with the build. */
    final List<JsonNode> write(BuildContext context, Arguments arguments, Credentials secrets)
            throws InterruptedException, IOException {
        List<JsonNode> results = ImageCommand.run(context, arguments, secrets);
        return AgentConnection.of(context).during(() -> {
            ImageRecords.keep(context, results, !skipArchive);
            return results;
        });
    }

    /** What the forms of all of them check. */
    public abstract static class OutputStepDescriptor extends DiskStepDescriptor {

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
