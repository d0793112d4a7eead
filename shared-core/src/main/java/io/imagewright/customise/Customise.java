package io.imagewright.customise;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.GuestView;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.spec.ImageDescription;

/** The actions of a description, in the order in which the user wrote them. Immutable. */
public final class Customise {

    /**
     * An action and its place in the description.
     *
     * @param place for example {@code customise[0].sshInject}
     */
    private record Step(String place, Action action) {}

    private final List<Step> steps;
    private final OwnFiles own;

    private Customise(List<Step> steps, OwnFiles own) {
        this.steps = List.copyOf(steps);
        this.own = own;
    }

    /**
     * Reads them; looks at no file yet.
     *
     * @param base relative paths of this machine start here
     * @throws ImageException DESCRIPTION with every one that makes no sense
     */
    public static Customise of(List<ImageDescription.Action> actions, Path base) {
        List<Step> steps = new ArrayList<>();
        ErrorCollector errors = new ErrorCollector();
        for (int i = 0; i < actions.size(); i++) {
            ImageDescription.Action action = actions.get(i);
            String place = "customise[" + i + "]." + action.name();
            errors.get(() -> new Step(place, withPlace(place, () -> Settings.read(action, base))))
                    .ifPresent(steps::add);
        }
        errors.throwAny();
        return new Customise(steps, OwnFiles.NONE);
    }

    /** The same, which never copies what builds write to this directory. */
    public Customise without(Path outputDirectory) {
        return new Customise(steps, OwnFiles.of(outputDirectory));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /**
     * Refuses files of this machine that are not there, or are nothing that can be read.
     *
     * @param later files that will be there when the actions run
     * @throws ImageException DESCRIPTION with every one of them
     */
    public void requireFiles(Collection<Path> later) {
        ErrorCollector errors = new ErrorCollector();
        for (Step step : steps) {
            for (HostFile file : step.action().hostFiles()) {
                if (!file.isMadeWith(later)) {
                    errors.get(() -> withPlace(step.place(), file::requireUsable));
                }
            }
        }
        errors.throwAny();
    }

    /**
     * Adds what the actions read from this machine: names, modes and contents. What the actions say themselves is not added.
     *
     * @throws ImageException DESCRIPTION when a file is missing or no regular file
     */
    public void digest(MessageDigest digest) {
        for (Step step : steps) {
            digest.update((step.place() + "\n").getBytes(StandardCharsets.UTF_8));
            withPlace(step.place(), () -> {
                step.action().hostFiles().forEach(file -> HostTree.digest(file, own, digest));
                return true;
            });
        }
    }

    /**
     * Plans one action after the other, each on the guest as the ones before it leave it. Nothing is written.
     *
     * @param now seconds since the epoch for what is dated in the guest
     * @param warnings gets full sentences
     * @throws ImageException when an action cannot be done; the message begins with its place in the description
     */
    public CustomiseResult plan(GuestTree guest, Facts facts, long now, Consumer<String> warnings) {
        GuestView view = new GuestView(guest, facts.mountPoints());
        List<CustomiseResult.Outcome> outcomes = new ArrayList<>();
        try {
            for (Step step : steps) {
                Target target =
                        new Target(view, facts, now, own, message -> warnings.accept(step.place() + ": " + message));
                List<Change> changes = withPlace(step.place(), () -> {
                    List<Change> planned = step.action().plan(target);
                    view.add(planned);
                    return planned;
                });
                outcomes.add(new CustomiseResult.Outcome(step.place(), changes));
            }
        } finally {
            view.registry().close();
        }
        return new CustomiseResult(outcomes);
    }

    private interface Work<T> {
        T run();
    }

    private static <T> T withPlace(String place, Work<T> work) {
        try {
            return work.run();
        } catch (ImageException failure) {
            throw failure.within(place + ": ");
        }
    }
}
