package io.imagewright.jenkins;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import com.thoughtworks.xstream.XStream;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What Jenkins keeps of builds and jobs is XML that XStream makes of fields. */
public class KeptInXmlTest {

    private static String xml(Object kept) {
        return new XStream().toXML(kept);
    }

    /** Kept, and read by a later Jenkins. */
    static Object again(Object kept) {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.imagewright.**"});
        return xstream.fromXML(xml(kept));
    }

    static void assertKept(ImageRecord record) {
        ImageAction action = new ImageAction();
        assertEquals(List.of(), ((ImageAction) again(action)).getImages());
        action.add(record);
        action.add(record);
        String kept = xml(action);
        assertFalse(kept, kept.contains("<parsed>") || kept.contains("<run>"));
        List<ImageRecord> images = ((ImageAction) again(action)).getImages();
        assertEquals(2, images.size());
        assertEquals(record.getName(), images.get(1).getName());
        assertEquals(record.getTreemap(), images.get(1).getTreemap());
    }

    @Test
    public void theFieldsOfAStep() throws ReflectiveOperationException {
        for (Class<?> type : List.of(ImageBuilder.class, ImageInspector.class, ImageConverter.class)) {
            Object step = DataBindingTest.constructor(type).newInstance();
            for (Method setter : DataBindingTest.setters(type).values()) {
                Class<?> taken = setter.getParameterTypes()[0];
                assertTrue(
                        setter.toString(), Set.of(Object.class, boolean.class).contains(taken));
                setter.invoke(step, taken == Object.class ? List.of("7") : true);
            }
            assertEquals(xml(step), xml(again(step)));
            // whatever a pipeline gave: only texts, numbers and flags are kept
            assertFalse(xml(step), xml(step).contains("class="));
        }
        ImageVerifier verifier = new ImageVerifier("m.image-manifest.json");
        assertEquals(xml(verifier), xml(again(verifier)));
    }
}
