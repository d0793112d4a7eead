package io.imagewright.spec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * All settings that a front end got, from the lowest layer to the highest; the defaults are below all.
 *
 * @param files images of description files
 * @param common what the front end says of every image
 * @param images images that the front end names one by one; each goes over the file's image of the same name
 * @param overrides what the user says of every image on the command line
 */
public record DescriptionLayers(
        List<DescriptionTree> files, DescriptionTree common, List<DescriptionTree> images, DescriptionTree overrides) {

    /** Copies the lists. */
    public DescriptionLayers {
        files = List.copyOf(files);
        images = List.copyOf(images);
    }

    /**
     * The images by name: those of files first. Without any, one that common layer and overrides describe alone, when they name a
     * source.
     *
     * @param defaultName for an image that is alone and has no name
     * @return empty when nothing at all describes an image
     * @throws ImageException DESCRIPTION when two images share a name or an image among several has none
     */
    public Map<String, DescriptionTree> merged(String defaultName) {
        Map<String, DescriptionTree> byName = new LinkedHashMap<>();
        for (DescriptionTree file : files) {
            DescriptionTree other = byName.put(file.name().orElseThrow(), file);
            if (other != null) {
                throw twice(file, other.origin());
            }
        }
        byName.replaceAll((name, file) -> common.over(file));
        namedImages(defaultName)
                .forEach((name, image) -> byName.put(name, image.over(byName.getOrDefault(name, common))));
        if (byName.isEmpty()) {
            DescriptionTree alone = overrides.over(common);
            return alone.hasSource() ? Map.of(alone.name().orElse(defaultName), alone.orNamed(defaultName)) : Map.of();
        }
        if (overrides.name().isPresent() && byName.size() > 1) {
            throw Mistakes.at(
                    overrides.origin(),
                    "name",
                    "one name cannot go to " + byName.size() + " images (" + String.join(", ", byName.keySet()) + ")",
                    "Name them where they are described.");
        }
        byName.replaceAll((name, image) -> overrides.over(image));
        return byName;
    }

    private Map<String, DescriptionTree> namedImages(String defaultName) {
        Map<String, DescriptionTree> named = new LinkedHashMap<>();
        for (DescriptionTree image : images) {
            if (image.name().isEmpty() && images.size() + files.size() > 1) {
                throw Mistakes.at(
                        image.origin(),
                        "images[" + named.size() + "]",
                        "no name, and there are several images",
                        "Add a name.");
            }
            DescriptionTree complete = image.orNamed(defaultName);
            DescriptionTree other = named.put(complete.name().orElseThrow(), complete);
            if (other != null) {
                throw twice(complete, other.origin());
            }
        }
        return named;
    }

    /**
     * The names that a filter leaves.
     *
     * @param wanted names; empty for all
     * @throws ImageException DESCRIPTION when a wanted name is none of the images'
     */
    public static Set<String> filter(Collection<String> names, List<String> wanted, String place) {
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        place,
                        "there is no image " + Mistakes.quote(name),
                        Mistakes.didYouMean(name, names) + "Images here: " + String.join(", ", names) + ".");
            }
        }
        Set<String> left = new LinkedHashSet<>(names);
        if (!wanted.isEmpty()) {
            left.retainAll(wanted);
        }
        return left;
    }

    private static ImageException twice(DescriptionTree image, Origin other) {
        return Mistakes.at(
                image.origin(),
                "name",
                "two images are called " + image.name().orElse("") + " (the other one: " + other + ")",
                "Rename one of them.");
    }
}
