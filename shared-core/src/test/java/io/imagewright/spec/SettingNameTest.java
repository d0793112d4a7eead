package io.imagewright.spec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

import io.imagewright.error.SettingName;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class SettingNameTest {

    private static List<SettingName> constants() throws IllegalAccessException {
        List<SettingName> constants = new java.util.ArrayList<>();
        for (Field field : SettingName.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == SettingName.class) {
                constants.add((SettingName) field.get(null));
            }
        }
        return constants;
    }

    /** A message cannot name a setting that there is not. */
    @Test
    public void eachIsAKeyOfTheDescriptionOrIsSetForARun() throws IllegalAccessException {
        List<SettingName> paths = SchemaPaths.all();
        assertTrue(paths.toString(), paths.contains(SettingName.of("shrink.slack")));
        assertTrue(constants().size() > 30);
        for (SettingName constant : constants()) {
            assertTrue(constant.path(), paths.contains(constant) != SettingName.OF_RUN.contains(constant));
        }
        assertTrue(constants().containsAll(SettingName.OF_RUN));
        assertEquals(
                SettingName.OF_RUN.size(),
                SettingName.OF_RUN.stream().distinct().count());
    }

    @Test
    public void nothingOfARunIsBelowAKeyOfTheDescription() {
        for (SettingName setting : SettingName.OF_RUN) {
            assertTrue(
                    setting.path(),
                    Schema.IMAGE.key(setting.path().split("\\.", 2)[0]).isEmpty());
        }
    }
}
