package io.imagewright.jenkins;

import java.util.ArrayList;
import java.util.List;

import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.imagewright.ImageDocument;
import io.imagewright.api.SizePoint;
import org.jspecify.annotations.Nullable;

/** On a job's page: how large its images are, build by build. */
public final class ImageTrendAction implements Action {

    /** Builds that are looked at. */
    private static final int MOST = 50;

    private final Job<?, ?> job;

    ImageTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    /** A picture: SVG that is safe to put into a page. Empty when there is nothing to draw. */
    public String getChart() {
        List<SizePoint> points = new ArrayList<>();
        @Nullable Run<?, ?> run = job.getLastBuild();
        for (int i = 0; run != null && i < MOST; i++) {
            ImageAction action = run.getAction(ImageAction.class);
            if (action != null) {
                int number = run.getNumber();
                // the oldest first, and those of a build in their order
                points.addAll(
                        0,
                        action.getImages().stream()
                                .filter(ImageRecord::isReadable)
                                .map(image -> new SizePoint(number, image.getName(), image.storedSize()))
                                .toList());
            }
            run = run.getPreviousBuild();
        }
        return ImageDocument.sizeTrend(points);
    }

    @Override
    @SuppressWarnings("NullAway") // null: no link in the side panel, says Jenkins
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.of("ImageTrendAction.displayName");
    }

    @Override
    @SuppressWarnings("NullAway") // null: no page of its own, says Jenkins
    public String getUrlName() {
        return null;
    }
}
