package io.imagewright.jenkins;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import groovy.lang.GString;
import groovy.lang.GroovyShell;
import io.imagewright.jenkins.pipeline.ImageBuildStep;
import org.codehaus.groovy.reflection.ReflectionCache;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;

/** Every field of every step takes what pipelines and forms give. */
@RunWith(Parameterized.class)
public class FieldValuesTest {

    private final Class<?> step;
    private final String field;

    public FieldValuesTest(Class<?> step, String field) {
        this.step = step;
        this.field = field;
    }

    @Parameters(name = "{0} {1}")
    public static List<Object[]> fields() {
        List<Object[]> fields = new ArrayList<>();
        for (Class<?> step : DataBindingTest.STEPS) {
            DataBindingTest.setters(step).keySet().forEach(field -> fields.add(new Object[] {step, field}));
            for (var parameter : DataBindingTest.constructor(step).getParameters()) {
                fields.add(new Object[] {step, parameter.getName()});
            }
        }
        return fields;
    }

    private static Object groovy(String expression) {
        return new GroovyShell().evaluate("def build = [number: 12]; " + expression);
    }

    /**
     * As the structs plugin makes an argument of a pipeline fit: a text with expressions becomes a text; numbers and flags are made of texts; for
     * the rest the type must be right.
     */
    private static Object coerced(Type type, Object given) {
        Class<?> wanted = (Class<?>) type;
        Object value = ReflectionCache.getCachedClass(wanted).coerceArgument(given);
        if (value instanceof GString) {
            value = value.toString();
        }
        if (value instanceof String text && wanted == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (!ReflectionCache.autoboxType(wanted).isInstance(value)) {
            throw new ClassCastException(wanted + " but received " + value.getClass());
        }
        return value;
    }

    /** As Stapler binds a text of a form: to a type that it has a converter for, or to Object. */
    private static Object bound(Class<?> wanted, String given) {
        if (wanted == boolean.class) {
            return Boolean.valueOf(given);
        }
        assertEquals("forms cannot bind it", Object.class, wanted);
        return given;
    }

    private Object set(Object given, boolean ofForm) throws ReflectiveOperationException {
        Method setter = DataBindingTest.setters(step).get(field);
        Class<?> wanted = setter == null ? Object.class : setter.getParameterTypes()[0];
        Object value = ofForm ? bound(wanted, (String) given) : coerced(wanted, given);
        if (setter == null) {
            return read(DataBindingTest.constructor(step).newInstance(value));
        }
        Object made = DataBindingTest.fresh(step);
        setter.invoke(made, value);
        return read(made);
    }

    private Object read(Object made) throws ReflectiveOperationException {
        Object value = switch (field) {
            case "propertyLines" -> ((ImageBuildStep) made).getProperties();
            case "paramLines" -> ((ImageBuildStep) made).getParams();
            default -> DataBindingTest.getter(step, field).invoke(made);
        };
        return value;
    }

    private enum Kind {
        FLAG,
        NUMBER,
        LINES,
        TEXT
    }

    private Kind kind() {
        if (List.of("properties", "params", "propertyLines", "paramLines").contains(field)) {
            return Kind.LINES;
        }
        Class<?> read = DataBindingTest.getter(step, field).getReturnType();
        return read == boolean.class ? Kind.FLAG : read == int.class ? Kind.NUMBER : Kind.TEXT;
    }

    @Test
    public void whatAPipelineGives() throws ReflectiveOperationException {
        switch (kind()) {
            case FLAG -> {
                assertEquals(true, set(groovy("true"), false));
                assertEquals(true, set(groovy("\"${build.number == 12}\""), false));
                assertEquals(false, set(groovy("'false'"), false));
            }
            case NUMBER -> {
                for (String twelve : List.of("12", "12L", "12.0", "'12'", "\"${build.number}\"", "build.number")) {
                    assertEquals(twelve, 12, set(groovy(twelve), false));
                }
                refused("a whole number", "'soon'");
                refused("a whole number", "1.5");
            }
            case LINES -> {
                Object expected = step == ImageBuilder.class ? "A=1\nB=12" : Map.of("A", "1", "B", "12");
                for (String given : List.of(
                        "[A: 1, B: build.number]",
                        "[A: '1', B: \"${build.number}\"]",
                        "'A=1\\nB=12'",
                        "['A=1', \"B=${build.number}\"]",
                        "[[A: 1], [B: 12]]")) {
                    assertEquals(given, expected, set(groovy(given), false));
                }
            }
            case TEXT -> {
                assertEquals("12", set(groovy("build.number"), false));
                assertEquals("1.10", set(groovy("1.10"), false));
                assertEquals("10000000000", set(groovy("1e10"), false));
                assertEquals("8589934592", set(groovy("8L << 30"), false));
                assertEquals("v12", set(groovy("\"v${build.number}\""), false));
                assertEquals("qcow2,vhd", set(groovy("['qcow2', 'vhd']"), false));
                assertEquals("qcow2,v12,3", set(groovy("['qcow2', \"v${build.number}\", 3, null, '']"), false));
                assertEquals("qcow2,vhd", set(groovy("['qcow2', 'vhd'] as String[]"), false));
                refused("a text, a number or a list", "[a: 1]");
            }
        }
    }

    private void refused(String expected, String given) {
        InvocationTargetException wrapped =
                assertThrows(InvocationTargetException.class, () -> set(groovy(given), false));
        String message = String.valueOf(wrapped.getCause().getMessage());
        assertEquals("Imagewright: " + field + ": expected " + expected, message.replaceAll(", found .*", ""));
    }

    @Test
    public void whatAFormSends() throws ReflectiveOperationException {
        switch (kind()) {
            case FLAG -> assertEquals(true, set("true", true));
            case NUMBER -> assertEquals(12, set(" 12 ", true));
            case LINES -> {
                assertEquals(
                        step == ImageBuilder.class ? "A=1\nB=x=y" : Map.of("A", "1", "B", "x=y"),
                        set("A=1\nB=x=y\n", true));
                assertNull(set("", true));
            }
            case TEXT -> assertEquals("some text", set(" some text ", true));
        }
    }
}
