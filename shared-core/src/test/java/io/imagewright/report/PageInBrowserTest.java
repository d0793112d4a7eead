package io.imagewright.report;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** Looks at the page in a real browser. */
public class PageInBrowserTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Browser browser;

    @BeforeClass
    public static void startTheBrowser() throws Exception {
        browser = Browser.start(FOLDER.newFolder("profile").toPath());
    }

    @AfterClass
    public static void stopTheBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path page(String name, String html) throws Exception {
        return Files.writeString(FOLDER.getRoot().toPath().toRealPath().resolve(name + ".html"), html);
    }

    private static Path whole() throws Exception {
        return page("whole", ReportPage.of(Images.report("web", "Debian GNU/Linux 12")));
    }

    /** Colours that cover more than a few dots of a picture. */
    private static int colours(BufferedImage picture) {
        Map<Integer, Integer> dots = new HashMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                dots.merge(picture.getRGB(x, y), 1, Integer::sum);
            }
        }
        return (int) dots.values().stream().filter(count -> count > 40).count();
    }

    @Test
    public void everyPictureIsDrawn_inLightAndDark_wideAndNarrow_withoutAComplaint() throws Exception {
        Path page = whole();
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 400)) {
                browser.open(page, width, dark);
                assertTrue(colours(browser.picture(".treemap")) >= 8);
                assertTrue(colours(browser.picture(".partitions")) >= 4);
                assertTrue(colours(browser.picture(".sizes")) >= 4);
                assertTrue(colours(browser.picture(".durations")) >= 3);
                BufferedImage all = browser.picture("html");
                assertEquals(width, all.getWidth());
                int corner = all.getRGB(1, 1) & 0xff;
                assertTrue("corner " + corner, dark ? corner < 60 : corner > 200);
                assertEquals(
                        "nothing sticks out",
                        "0",
                        browser.evaluate("document.documentElement.scrollWidth - innerWidth"));
                assertEquals(List.of(), browser.complaints());
                assertEquals(List.of(page.toUri().toString()), browser.requests());
            }
        }
    }

    @Test
    public void aPageThatFailsIsNoticed() throws Exception {
        String html = ReportPage.of(Images.report("web", "Debian"));
        browser.open(page("failing", html.replace("'use strict';", "'use strict'; nowhere();")), 800, false);
        assertEquals("a changed script is refused", 1, browser.complaints().size());
        browser.open(page("thrown", "<script>nowhere()</script>"), 800, false);
        assertEquals(1, browser.complaints().size());
        browser.open(page("blank", "<p style='height:100px'></p>"), 800, false);
        assertEquals(1, colours(browser.picture("p")));
    }

    @Test
    public void searchLeavesThePackagesThatMatch() throws Exception {
        browser.open(whole(), 1280, false);
        String shown =
                "[...document.querySelectorAll('#packages-table tbody tr')].filter(row => row.offsetHeight).length";
        assertEquals("40", browser.evaluate(shown));
        String type = "(text => { const box = document.getElementById('packages-search'); box.value = text;"
                + " box.dispatchEvent(new Event('input')); return document.querySelector('#packages output').value; })";
        assertEquals("1 of 40 packages", browser.evaluate(type + "('AGE-7')"));
        assertEquals("1", browser.evaluate(shown));
        assertEquals("20 of 40 packages", browser.evaluate(type + "('deb gpl')"));
        assertEquals("0 of 40 packages", browser.evaluate(type + "('nothing')"));
        assertEquals("40 packages", browser.evaluate(type + "('')"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void aDirectoryIsEnlargedByChoiceOrClick_andEscapeGoesBack() throws Exception {
        browser.open(whole(), 1280, false);
        String width =
                "Math.round(document.querySelector('[data-path=\"/usr/lib\"] rect').getBoundingClientRect().width)";
        String click = "document.querySelector('[data-path=\"/usr/lib/firmware\"] rect')"
                + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))";
        String chosen = "document.getElementById('tree-zoom').value";
        int before = Integer.parseInt(browser.evaluate(width));
        browser.evaluate(click);
        assertEquals("/usr", browser.evaluate(chosen));
        assertTrue(Integer.parseInt(browser.evaluate(width)) > before);
        browser.evaluate(click);
        assertEquals("/usr/lib", browser.evaluate(chosen));
        browser.evaluate(click);
        assertEquals("", browser.evaluate(chosen));
        browser.evaluate("(() => { const choice = document.getElementById('tree-zoom'); choice.value = '/var';"
                + " choice.dispatchEvent(new Event('change')); })()");
        assertNotEquals(before, Integer.parseInt(browser.evaluate(width)));
        browser.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))");
        assertEquals(before, Integer.parseInt(browser.evaluate(width)));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void namesRunNothing() throws Exception {
        String evil = "</script></svg></style><img src=x onerror=\"window.stung=1\"><script>window.stung=1</script>";
        ImageReport report = new ImageReport(
                Images.manifest(evil, evil, List.of(Images.partition(1, 1, 900, evil))),
                Images.build(evil, Images.directory("", 1, Images.directory(evil, 1000, Images.directory(evil, 99)))),
                "",
                List.of(new ReportedPackage(evil, evil, evil, evil)),
                "");
        browser.open(page("evil", ReportPage.of(report)), 1280, false);
        assertEquals("undefined", browser.evaluate("typeof window.stung"));
        assertEquals("1", browser.evaluate("document.scripts.length"));
        assertEquals("0", browser.evaluate("document.images.length"));
        assertEquals(evil + " ", browser.evaluate("document.querySelector('h1').firstChild.data"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    public void aPictureIsWholeInAForeignPage() throws Exception {
        browser.open(page("foreign", "<body>" + ReportPictures.treemap(Images.tree()) + "</body>"), 700, false);
        assertTrue(colours(browser.picture(".treemap")) >= 8);
        assertEquals(List.of(), browser.complaints());
    }
}
