package io.imagewright.spec;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * An image to build, complete: every default filled in, every value checked. Made by {@code DescriptionReader}.
 *
 * @param name base of all file names
 * @param source what the image is made from
 * @param engine which engine works on the guest
 * @param sysprep which operations run, and their parameters
 * @param customise actions on the guest after the clean-up, in order
 * @param shrink how the disk is made small; null when it is not
 * @param size bytes of the output's virtual size; null to let it follow from the content
 * @param repair whether a damaged file system is repaired on the working copy instead of refused
 * @param allowUnsupported whether a medium without one system that is understood is taken as it is instead of refused
 * @param sbom whether a bill of materials is written beside the image
 * @param properties image properties, keys upper-case; win over detected ones
 * @param labels the user's own, for the manifest alone
 * @param formats output formats, at least one
 * @param checksums digest words, for example {@code sha256}, in the order of the sidecars
 * @param publish where the finished image can go; no matter of its content
 */
public record ImageDescription(
        String name,
        Source source,
        EngineChoice engine,
        Sysprep sysprep,
        List<Action> customise,
        @Nullable Shrink shrink,
        @Nullable Long size,
        boolean repair,
        boolean allowUnsupported,
        boolean sbom,
        Map<String, String> properties,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> labels,

        List<Format> formats,
        List<String> checksums,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<PublishTarget> publish) {

    /** Copies the collections. */
    public ImageDescription {
        customise = List.copyOf(customise);
        properties = Map.copyOf(properties);
        labels = Map.copyOf(labels);
        formats = List.copyOf(formats);
        checksums = List.copyOf(checksums);
        publish = List.copyOf(publish);
    }

    /**
     * An image of one medium, with the default of the schema for everything else.
     *
     * @param name base of all file names
     * @param media file or block device, absolute or relative to the project
     */
    public static Builder builder(String name, String media) {
        return Binder.defaults(name, media).toBuilder();
    }

    /** To change some of it. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The same image without targets, as its files do not depend on where they go. */
    public ImageDescription withoutTargets() {
        return toBuilder().publish(List.of()).build();
    }

    /**
     * What an image is made from: a disk of a guest, or several.
     *
     * @param media file or block device of the first disk, absolute or relative to the project
     * @param format qemu's name of its format, for example {@code qcow2}; null to probe it
     * @param disks the further disks, in the guest's order; where there are none a description is written as one without this key
     * @param made the disk that is made of {@code media}, a tree of files then; null for media that are disks
     */
    public record Source(
            String media,
            @Nullable String format,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Disk> disks,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            NewDisk made) {

        /** Disks of one guest, the first among them. */
        public static final int MOST_DISKS = 16;

        /** Copies the list. */
        public Source {
            disks = List.copyOf(disks);
        }

        /** Disks that are there. */
        public Source(String media, @Nullable String format, List<Disk> disks) {
            this(media, format, disks, null);
        }

        /** One disk. */
        public Source(String media, @Nullable String format) {
            this(media, format, List.of());
        }

        /** Every disk, the first one first. */
        public List<Disk> all() {
            return Stream.concat(Stream.of(new Disk(media, format, made)), disks.stream())
                    .toList();
        }
    }

    /**
     * A disk of a guest.
     *
     * @param media file or block device, absolute or relative to the project
     * @param format qemu's name of its format; null to probe it
     * @param made the disk that is made of {@code media}, a tree of files then; null for a disk that is there
     */
    public record Disk(
            String media,
            @Nullable String format,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            NewDisk made) {

        /** A disk that is there. */
        public Disk(String media, @Nullable String format) {
            this(media, format, null);
        }
    }

    /** Words for {@code engine}. */
    public enum EngineChoice {
        /** {@code direct} where it serves, else {@code libguestfs}. */
        AUTO,
        /** User-space work on ext2/3/4. */
        DIRECT,
        /** The libguestfs appliance. */
        LIBGUESTFS
    }

    /**
     * Selection of operations by name or alias, and parameter values as written.
     *
     * @param defaults whether the operations that are on by default run
     * @param enable those that run beside
     * @param disable those that do not run
     */
    public record Sysprep(boolean defaults, List<String> enable, List<String> disable, Map<String, String> params) {

        /** The operations that are on by default. */
        public static final Sysprep DEFAULT = new Sysprep(true, List.of(), List.of(), Map.of());

        /** Copies the collections. */
        public Sysprep {
            enable = List.copyOf(enable);
            disable = List.copyOf(disable);
            params = Map.copyOf(params);
        }

        /** Beside those that are on by default. */
        public Sysprep(List<String> enable, List<String> disable, Map<String, String> params) {
            this(true, enable, disable, params);
        }
    }

    /**
     * One thing to do to the guest, checked by {@link ActionSchema}.
     *
     * @param name for example {@code sshInject}
     * @param settings as written; a short form is spelled out
     */
    public record Action(String name, Map<String, String> settings) {

        /** Copies the settings. */
        public Action {
            settings = Map.copyOf(settings);
        }

        /** Only the name: settings may be secret. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * How small.
     *
     * @param free bytes left free in the shrunk file system, of {@code slack} and {@code minimumFree} the larger
     * @param roomToBoot whether a system that writes there when it boots gets more than {@code free}, where it needs more
     */
    public record Shrink(long free, boolean roomToBoot) {}

    /**
     * One output.
     *
     * @param type format word, for example {@code qcow2}
     * @param options settings of that format, as written
     * @param classifier Maven classifier; null for the format's default
     * @param file file name; null for {@code <name>-<version>.<extension>}
     */
    public record Format(
            String type,
            Map<String, String> options,
            @Nullable String classifier,
            @Nullable String file) {

        /** Copies the options. */
        public Format {
            options = Map.copyOf(options);
        }

        /** A format with the default of everything. */
        public static Format of(String type) {
            return new Format(type, Map.of(), null, null);
        }
    }

    /**
     * A store that the finished image can be published to.
     *
     * @param id the user's name for it
     * @param type word of the kind of store, for example {@code directory}
     * @param settings of that kind, as written
     */
    public record PublishTarget(String id, String type, Map<String, String> settings) {

        /** Copies the settings. */
        public PublishTarget {
            settings = Map.copyOf(settings);
        }
    }

    /** Makes a description; each method sets the component of its name. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private Source source;
        private EngineChoice engine;
        private Sysprep sysprep;
        private List<Action> customise;
        private @Nullable Shrink shrink;
        private @Nullable Long size;
        private boolean repair;
        private boolean allowUnsupported;
        private boolean sbom;
        private Map<String, String> properties;
        private Map<String, String> labels;
        private List<Format> formats;
        private List<String> checksums;
        private List<PublishTarget> publish;

        private Builder(ImageDescription from) {
            this.name = from.name;
            this.source = from.source;
            this.engine = from.engine;
            this.sysprep = from.sysprep;
            this.customise = from.customise;
            this.shrink = from.shrink;
            this.size = from.size;
            this.repair = from.repair;
            this.allowUnsupported = from.allowUnsupported;
            this.sbom = from.sbom;
            this.properties = from.properties;
            this.labels = from.labels;
            this.formats = from.formats;
            this.checksums = from.checksums;
            this.publish = from.publish;
        }

        public Builder source(Source value) {
            this.source = value;
            return this;
        }

        public Builder engine(EngineChoice value) {
            this.engine = value;
            return this;
        }

        public Builder sysprep(Sysprep value) {
            this.sysprep = value;
            return this;
        }

        public Builder customise(List<Action> value) {
            this.customise = value;
            return this;
        }

        public Builder shrink(@Nullable Shrink value) {
            this.shrink = value;
            return this;
        }

        public Builder size(@Nullable Long value) {
            this.size = value;
            return this;
        }

        public Builder repair(boolean value) {
            this.repair = value;
            return this;
        }

        public Builder allowUnsupported(boolean value) {
            this.allowUnsupported = value;
            return this;
        }

        public Builder sbom(boolean value) {
            this.sbom = value;
            return this;
        }

        public Builder properties(Map<String, String> value) {
            this.properties = value;
            return this;
        }

        public Builder labels(Map<String, String> value) {
            this.labels = value;
            return this;
        }

        public Builder formats(List<Format> value) {
            this.formats = value;
            return this;
        }

        public Builder checksums(List<String> value) {
            this.checksums = value;
            return this;
        }

        public Builder publish(List<PublishTarget> value) {
            this.publish = value;
            return this;
        }

        public ImageDescription build() {
            return new ImageDescription(
                    name,
                    source,
                    engine,
                    sysprep,
                    customise,
                    shrink,
                    size,
                    repair,
                    allowUnsupported,
                    sbom,
                    properties,
                    labels,
                    formats,
                    checksums,
                    publish);
        }
    }
}
