package io.imagewright.maven;

import java.io.StringReader;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Action;
import io.imagewright.spec.ImageDescription.Format;
import io.imagewright.spec.ImageDescription.Shrink;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class PomTreeTest {

    private static DescriptionTree image(String xml) throws Exception {
        String images = "<images><image><name>web</name><source><media>a</media></source>" + xml + "</image></images>";
        return DescriptionTree.of(
                PomTree.images(new XmlPlexusConfiguration(Xpp3DomBuilder.build(new StringReader(images))))
                        .get(0),
                "images[0]");
    }

    private static void assertMistake(String expected, String xml) {
        assertEquals(
                expected, assertThrows(ImageException.class, () -> image(xml)).getMessage());
    }

    @Test
    public void readsEveryFormOfTheTree() throws Exception {
        ImageDescription image = image("<shrink><slack>16MiB</slack></shrink>"
                        + "<formats><format> qcow2 </format><format><type>raw</type><options><a>b</a></options></format></formats>"
                        + "<checksums>sha256,md5</checksums>"
                        + "<properties><DESCRIPTION>Web front end</DESCRIPTION></properties>"
                        + "<sysprep><enable/><params><script></script></params></sysprep>")
                .describe();
        assertEquals(new Shrink(16 << 20, true), image.shrink());
        assertEquals(
                List.of(new Format("qcow2", Map.of(), null, null), new Format("raw", Map.of("a", "b"), null, null)),
                image.formats());
        assertEquals(List.of("sha256", "md5"), image.checksums());
        assertEquals(Map.of("DESCRIPTION", "Web front end"), image.properties());
        assertEquals(Map.of("script", ""), image.sysprep().params());
    }

    @Test
    public void readsActionsInTheirOrder() throws Exception {
        assertEquals(
                List.of(
                        new Action("write", Map.of("path", "/etc/motd", "content", "  Welcome\n", "mode", "0600")),
                        new Action("hostname", Map.of("name", "web")),
                        new Action("write", Map.of("path", "/b", "content", ""))),
                image(
                                "<customise><action><write><path>/etc/motd</path><content xml:space='preserve'>  Welcome\n</content>"
                                        + "<mode>0600</mode></write></action><action><hostname>web</hostname></action>"
                                        + "<action><write><path>/b</path><content/></write></action></customise>")
                        .describe()
                        .customise());
    }

    @Test
    public void namesThePathOfAnUnknownActionOrSetting() {
        assertMistake(
                "pom.xml: images[0].customise[1].hostnmae: unknown key. Did you mean hostname? Known here: appendLine, chmod,"
                        + " chown, copyIn, delete, edit, firstboot, growRoot, hostname, link, mkdir, password, sshInject,"
                        + " timezone, upload, write.",
                "<customise><action><hostname>a</hostname></action><action><hostnmae>a</hostnmae></action></customise>");
        assertMistake(
                "pom.xml: images[0].customise[0].mkdir.moed: unknown key. Did you mean mode? Known here: mode, owner, path.",
                "<customise><action><mkdir><path>/a</path><moed>0700</moed></mkdir></action></customise>");
    }

    @Test
    public void readsShrinkAsAWordToo() throws Exception {
        assertEquals(null, image("<shrink>false</shrink>").describe().shrink());
    }

    @Test
    public void namesThePathOfAnUnknownKey() {
        assertMistake(
                "pom.xml: images[0].sysprep.enabel: unknown key. Did you mean enable? Known here: defaults, disable, enable, params.",
                "<sysprep><enabel><operation>x</operation></enabel></sysprep>");
    }

    @Test
    public void namesThePathOfAnUnknownListElement() {
        assertMistake(
                "pom.xml: images[0].formats.fromat: unknown element. Did you mean format? Known here: format.",
                "<formats><format>raw</format><fromat>qcow2</fromat></formats>");
    }

    @Test
    public void refusesAnElementGivenTwice() {
        assertMistake(
                "pom.xml: images[0].engine: given twice. Remove one of the two.",
                "<engine>auto</engine><engine>direct</engine>");
    }

    @Test
    public void refusesKeysWhereATextBelongs() {
        assertMistake(
                "pom.xml: images[0].engine: expected auto, direct or libguestfs, found keys with values",
                "<engine><name>auto</name></engine>");
    }
}
