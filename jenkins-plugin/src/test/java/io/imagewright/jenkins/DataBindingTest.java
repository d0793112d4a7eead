package io.imagewright.jenkins;

import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.jenkins.pipeline.ImageBuildStep;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

/** What Jenkins does with fields: set by name, read again, and left out of generated text while they are the default. */
public class DataBindingTest {

    static final List<Class<?>> STEPS = List.of(
            ImageBuilder.class, ImageInspector.class, ImageConverter.class, ImageVerifier.class, ImageBuildStep.class);

    /** Fields of forms that are read back under another name. */
    private static final List<String> ONE_WAY = List.of("propertyLines", "paramLines");

    static Map<String, Method> setters(Class<?> type) {
        Map<String, Method> setters = new LinkedHashMap<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                setters.put(Introspector.decapitalize(method.getName().substring(3)), method);
            }
        }
        return setters;
    }

    static Constructor<?> constructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
    }

    static Method getter(Class<?> type, String field) {
        String name = Character.toUpperCase(field.charAt(0)) + field.substring(1);
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && (method.getName().equals("get" + name)
                                || method.getName().equals("is" + name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " has no getter of " + field));
    }

    static Object fresh(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = constructor(type);
        Object[] arguments = new Object[constructor.getParameterCount()];
        Arrays.fill(arguments, "m.image-manifest.json");
        return constructor.newInstance(arguments);
    }

    /** A value of the type that a field is read as. */
    private static Object value(Class<?> type) {
        return Map.of(boolean.class, true, int.class, 7, Map.class, Map.of("KEY", "value"))
                .getOrDefault(type, "some text");
    }

    @Test
    public void everyFieldComesBackAsItWasSet() throws ReflectiveOperationException {
        for (Class<?> type : STEPS) {
            for (Map.Entry<String, Method> setter : setters(type).entrySet()) {
                if (!ONE_WAY.contains(setter.getKey())) {
                    Object step = fresh(type);
                    Method getter = getter(type, setter.getKey());
                    Object value = value(getter.getReturnType());
                    setter.getValue().invoke(step, value);
                    assertEquals(type + " " + setter.getKey(), value, getter.invoke(step));
                }
            }
        }
    }

    /** The snippet generator leaves out what equals the value of a fresh object: what nobody set must be null, or the default. */
    @Test
    public void whatAnEmptyFormSends_isTheDefault() throws ReflectiveOperationException {
        for (Class<?> type : STEPS) {
            for (Map.Entry<String, Method> setter : setters(type).entrySet()) {
                Method getter = getter(type, setter.getKey());
                if (setter.getValue().getParameterTypes()[0] == Object.class) {
                    Object step = fresh(type);
                    Object none = getter.invoke(step);
                    assertTrue(setter.getKey(), none == null || getter.getReturnType() == int.class);
                    setter.getValue().invoke(step, "");
                    assertEquals(setter.getKey(), none, getter.invoke(step));
                }
            }
        }
    }

    @Test
    public void constructorsTakeNamedParameters() throws InvocationTargetException {
        for (Class<?> type : STEPS) {
            for (Parameter parameter : constructor(type).getParameters()) {
                assertTrue("compiled without -parameters", parameter.isNamePresent());
                assertNotNull(getter(type, parameter.getName()));
            }
        }
    }

    @Test
    public void aMapOfAPipeline_andTheLinesOfAForm_areTheSame() {
        ImageBuildStep step = new ImageBuildStep();
        step.setProperties(Map.of("DESCRIPTION", new StringBuilder("build 7")));
        assertEquals(Map.of("DESCRIPTION", "build 7"), step.getProperties());
        step.setPropertyLines("A=1\nB=x=y");
        assertEquals(Map.of("A", "1", "B", "x=y"), step.getProperties());
        assertNull(step.getPropertyLines());
        step.setProperties(null);
        assertNull(step.getProperties());
    }
}
