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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
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

    /** The same image without targets, as its files do not depend on where they go. */
    public ImageDescription withoutTargets() {
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
                List.of());
    }

    /** An image with its bill of materials. */
    public ImageDescription(
            String name,
            Source source,
            EngineChoice engine,
            Sysprep sysprep,
            List<Action> customise,
            @Nullable Shrink shrink,
            @Nullable Long size,
            boolean repair,
            boolean allowUnsupported,
            Map<String, String> properties,
            List<Format> formats,
            List<String> checksums) {
        this(
                name,
                source,
                engine,
                sysprep,
                customise,
                shrink,
                size,
                repair,
                allowUnsupported,
                true,
                properties,
                Map.of(),
                formats,
                checksums,
                List.of());
    }

    /** An image without actions, of a medium that must be understood. */
    public ImageDescription(
            String name,
            Source source,
            EngineChoice engine,
            Sysprep sysprep,
            @Nullable Shrink shrink,
            @Nullable Long size,
            boolean repair,
            Map<String, String> properties,
            List<Format> formats,
            List<String> checksums) {
        this(name, source, engine, sysprep, List.of(), shrink, size, repair, false, properties, formats, checksums);
    }

    /**
     * What an image is made from: a disk of a guest, or several.
     *
     * @param media file or block device of the first disk, absolute or relative to the project
     * @param format qemu's name of its format, for example {@code qcow2}; null to probe it
     * @param disks the further disks, in the guest's order; where there are none a description is written as one without this key
     */
    public record Source(
            String media,
            @Nullable String format,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Disk> disks) {

        /** Disks of one guest, the first among them. */
        public static final int MOST_DISKS = 16;

        /** Copies the list. */
        public Source {
            disks = List.copyOf(disks);
        }

        /** One disk. */
        public Source(String media, @Nullable String format) {
            this(media, format, List.of());
        }

        /** Every disk, the first one first. */
        public List<Disk> all() {
            return Stream.concat(Stream.of(new Disk(media, format)), disks.stream())
                    .toList();
        }
    }

    /**
     * A disk of a guest.
     *
     * @param media file or block device, absolute or relative to the project
     * @param format qemu's name of its format; null to probe it
     */
    public record Disk(String media, @Nullable String format) {}

    /** Words for {@code engine}. */
    public enum EngineChoice {
        /** {@code direct} where it serves, else {@code libguestfs}. */
        AUTO,
        /** User-space work on ext2/3/4. */
        DIRECT,
        /** The libguestfs appliance. */
        LIBGUESTFS
    }

    /** Selection of operations by name or alias, and parameter values as written. */
    public record Sysprep(List<String> enable, List<String> disable, Map<String, String> params) {

        /** Copies the collections. */
        public Sysprep {
            enable = List.copyOf(enable);
            disable = List.copyOf(disable);
            params = Map.copyOf(params);
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
     * @param slack bytes left free in the shrunk file system
     * @param minimumFree bytes free at least, slack included; null for enough that a system which nothing grows can be used
     */
    public record Shrink(long slack, @Nullable Long minimumFree) {}

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
}
