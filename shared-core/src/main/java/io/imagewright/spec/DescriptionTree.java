package io.imagewright.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;

/**
 * One layer of an image's description, held against {@link Schema#IMAGE}, or several merged. A layer need not be complete.
 * Immutable.
 */
public final class DescriptionTree {

    private final Mapping root;

    private DescriptionTree(Mapping root) {
        this.root = root;
    }

    /**
     * Checks a layer that some spelling was read into.
     *
     * @param path of the root in error messages, for example {@code images[0]}; empty for none
     * @throws io.imagewright.error.ImageException DESCRIPTION, with place, path and what may stand there
     */
    public static DescriptionTree of(Node root, String path) {
        return new DescriptionTree((Mapping) SchemaCheck.check(root, Schema.IMAGE, path));
    }

    /** A layer that says nothing. */
    public static DescriptionTree empty(Origin origin) {
        return new DescriptionTree(new Mapping(Map.of(), origin));
    }

    /** The image's name, when the layer has it. */
    public Optional<String> name() {
        return text("name");
    }

    /** Whether the layer says what the image is made from. */
    public boolean hasSource() {
        return root.entries().get("source") instanceof Mapping source
                && (source.entries().containsKey("media") || source.entries().containsKey("tree"));
    }

    /** Where the layer was written; of merged layers, where the upper one was. */
    public Origin origin() {
        return root.origin();
    }

    /** The same with a name, unless it has one. */
    public DescriptionTree orNamed(String name) {
        if (name().isPresent()) {
            return this;
        }
        Map<String, Node> named = new LinkedHashMap<>(root.entries());
        named.put("name", new Scalar(name, root.origin()));
        return of(new Mapping(named, root.origin()), "");
    }

    /**
     * This layer over another one. Maps merge, lists replace, but {@code sysprep.enable} and {@code disable} add; an operation that
     * this layer names in one of the two is taken back from the other one below.
     */
    public DescriptionTree over(DescriptionTree lower) {
        return new DescriptionTree(TreeMerge.merge(lower.root, root, Schema.IMAGE));
    }

    /**
     * The same with further actions, after those that it has: those of an option are not to take the place of a file's.
     *
     * @param actions items of {@code customise}
     * @throws io.imagewright.error.ImageException DESCRIPTION when one is none
     */
    public DescriptionTree thenCustomise(List<Node> actions) {
        if (actions.isEmpty()) {
            return this;
        }
        List<Node> all = new ArrayList<>();
        if (root.entries().get("customise") instanceof Sequence earlier) {
            all.addAll(earlier.items());
        }
        actions.forEach(action -> all.add(SchemaCheck.check(action, ActionSchema.ACTION, "")));
        Map<String, Node> entries = new LinkedHashMap<>(root.entries());
        entries.put("customise", new Sequence(all, root.origin()));
        return new DescriptionTree(new Mapping(entries, root.origin()));
    }

    /**
     * The complete image, defaults filled in.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION when name or source are missing, or an operation is both enabled and
     *     disabled in one layer
     */
    public ImageDescription describe() {
        return Binder.bind(root);
    }

    private Optional<String> text(String key) {
        return root.entries().get(key) instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
}
