package io.imagewright.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.markup.Markup;

/**
 * The page about an image: one HTML file that holds all it needs and asks for nothing. It is there without its script, which adds the search for packages
 * and the enlarging of the tree. The same image gives the same page but for the durations of its build.
 */
public final class ReportPage {

    /** What a page's name ends with. */
    public static final String EXTENSION = ".report.html";

    private ReportPage() {}

    /** {@code <name>-<version>.report.html}. */
    public static String fileName(String name, String version) {
        return name + "-" + version + EXTENSION;
    }

    /**
     * Makes the page.
     *
     * @param directory that holds the image, and beside it its bill of materials and the record of its build, if any
     * @throws IOException when what is there cannot be read; what is missing or makes no sense is noted on the page
     */
    public static String of(Path directory, ImageManifest manifest) throws IOException {
        return of(ImageReport.read(directory, manifest));
    }

    static String of(ImageReport report) {
        String style = resource("report.css");
        String script = resource("report.js");
        ImageManifest manifest = report.manifest();
        Markup html = new Markup();
        html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").line();
        html.open("head").line();
        html.open("meta", "charset", "utf-8").line();
        // whatever a name in the image may hold: nothing but our own style and script counts, and nothing is fetched
        html.open(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script)
                                + "; img-src data:; base-uri 'none'; form-action 'none'")
                .line();
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.open("meta", "name", "color-scheme", "content", "light dark").line();
        // else a browser asks the server for an icon
        html.open("link", "rel", "icon", "href", "data:,").line();
        html.element("title", manifest.name() + " " + manifest.version() + " \u2013 image report")
                .line();
        html.open("style").raw(style).close("style").line();
        html.close("head").line().open("body").line();
        html.raw(new ReportHead(report).html());
        html.open("main").line();
        html.raw(new ReportBody(report).html());
        html.close("main").line();
        html.element("footer", "Made by Imagewright from the image\u2019s manifest.")
                .line();
        html.open("script").raw(script).close("script").line();
        return html.close("body").line().close("html").line().toString();
    }

    private static String hash(String content) {
        byte[] digest = DigestAlgorithm.SHA256.newDigest().digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
