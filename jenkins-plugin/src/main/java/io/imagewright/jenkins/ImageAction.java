package io.imagewright.jenkins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import jenkins.model.RunAction2;
import jenkins.tasks.SimpleBuildStep;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of a build that shows its images. */
@ExportedBean
public final class ImageAction implements RunAction2, SimpleBuildStep.LastBuildAction {

    /** Replaced, not changed, as pages read it meanwhile; of a kind that XStream keeps without looking into Java's own classes. */
    private volatile List<ImageRecord> images = new ArrayList<>();

    private transient @Nullable Run<?, ?> run;

    synchronized void add(ImageRecord image) {
        List<ImageRecord> longer = new ArrayList<>(images);
        longer.add(image);
        images = longer;
    }

    /** The images, in the order in which they were built. */
    @Exported
    public List<ImageRecord> getImages() {
        // one that another version wrote must not break the page
        return images.stream().filter(ImageRecord::isReadable).toList();
    }

    /** Whether any of them was published, so that pages have something to show of it. */
    public boolean isPublished() {
        return getImages().stream()
                .anyMatch(image -> !image.document().locations().isEmpty());
    }

    /** The REST interface: {@code api/json}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return Objects.requireNonNull(run);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    @Override
    public Collection<? extends Action> getProjectActions() {
        Run<?, ?> latest = run;
        return latest == null ? List.of() : List.of(new ImageTrendAction((Job<?, ?>) latest.getParent()));
    }

    @Override
    public String getIconFileName() {
        return "symbol-computer";
    }

    @Override
    public String getDisplayName() {
        return Messages.of("ImageAction.displayName");
    }

    @Override
    public String getUrlName() {
        return "images";
    }
}
