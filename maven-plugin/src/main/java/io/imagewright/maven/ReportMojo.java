package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.doxia.sink.SinkFactory;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.reporting.MavenMultiPageReport;
import org.apache.maven.reporting.MavenReportException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a page about each finished image into the output directory, <code>&lt;name&gt;-&lt;version&gt;.report.html</code>: where its bytes lie, its
 * partitions, packages and checksums, and how it was made. The page holds all it needs and is not attached. Among the <code>&lt;reporting&gt;</code>
 * plugins of a project it makes the pages part of the site.
 *
 * @since 0.1.0
 */
@Mojo(name = "report", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class ReportMojo extends FinishedMojo implements MavenMultiPageReport {

    private static final String PAGE = "images";

    /** Set by the plugin that makes the site. */
    private @Nullable File site;

    @Override
    void execute(FinishedImage image, ProgressListener listener) {
        getLog().info("Report of image " + image.name() + ": " + image.report(results()));
    }

    /** A site of a project without images, or made before they were built, is a site all the same. */
    @Override
    public boolean canGenerateReport() {
        if (skipping().isPresent()) {
            return false;
        }
        try {
            requests().values().forEach(FinishedMojo::open);
            return true;
        } catch (ImageException e) {
            getLog().warn("The site gets no report of images. " + e.message().in(MavenWording.INSTANCE));
            return false;
        }
    }

    @Override
    public void generate(Sink sink, @Nullable SinkFactory factory, Locale locale) throws MavenReportException {
        try {
            Path directory = getReportOutputDirectory().toPath();
            List<Path> pages = new ArrayList<>();
            for (ImageBuildRequest request : requests().values()) {
                pages.add(open(request).report(directory));
            }
            ReportList.write(sink, pages);
        } catch (ImageException e) {
            throw new MavenReportException(e.message().in(MavenWording.INSTANCE));
        }
    }

    @Override
    public void generate(Sink sink, Locale locale) throws MavenReportException {
        generate(sink, null, locale);
    }

    @Override
    @SuppressWarnings("deprecation") // site plugins before 3.20 ask for it, and the interface still demands it
    public String getOutputName() {
        return PAGE;
    }

    @Override
    public String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public String getName(Locale locale) {
        return "Images";
    }

    @Override
    public String getDescription(Locale locale) {
        return "What is in the operating-system images of this project, and how they were made.";
    }

    @Override
    public void setReportOutputDirectory(File directory) {
        site = directory;
    }

    @Override
    public File getReportOutputDirectory() {
        return site == null ? new File(project().getModel().getReporting().getOutputDirectory()) : site;
    }

    /** Its own page is a list in the looks of the site. */
    @Override
    public boolean isExternalReport() {
        return false;
    }
}
