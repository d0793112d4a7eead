package io.imagewright.maven;

import java.nio.file.Path;
import java.util.List;

import org.apache.maven.doxia.sink.Sink;

/** The page of a site that leads to the pages of images. */
final class ReportList {

    private static final String TITLE = "Images";

    private ReportList() {}

    /**
     * Writes it, with calls that Doxia 1 and 2 share.
     *
     * @param pages in the directory of this page
     */
    static void write(Sink sink, List<Path> pages) {
        sink.head();
        sink.title();
        sink.text(TITLE);
        sink.title_();
        sink.head_();
        sink.body();
        sink.section1();
        sink.sectionTitle1();
        sink.text(TITLE);
        sink.sectionTitle1_();
        sink.paragraph();
        sink.text(
                "What is in each image, where its bytes lie, its partitions, packages and checksums, and how it was made.");
        sink.paragraph_();
        sink.list();
        for (Path page : pages) {
            String name = String.valueOf(page.getFileName());
            sink.listItem();
            sink.link("./" + name);
            sink.text(name.replaceAll("\\.report\\.html$", ""));
            sink.link_();
            sink.listItem_();
        }
        sink.list_();
        sink.section1_();
        sink.body_();
        sink.flush();
        sink.close();
    }
}
