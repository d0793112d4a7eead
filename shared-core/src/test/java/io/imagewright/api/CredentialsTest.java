package io.imagewright.api;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class CredentialsTest {

    private static final Credentials SOME = Credentials.NONE
            .with(Credentials.LUKS, "s3cret one")
            .with(Credentials.LUKS, "s3cret two")
            .with(Credentials.GPG, "s3cret three")
            .with(Credentials.GPG, "")
            .with("other", null);

    @Test
    public void aNameMayHaveSeveralSecrets() {
        assertEquals(List.of("s3cret one", "s3cret two"), SOME.all(Credentials.LUKS));
        assertEquals(Optional.of("s3cret three"), SOME.first(Credentials.GPG));
        assertEquals(List.of(), SOME.all("other"));
        assertTrue(SOME.any());
        assertFalse(Credentials.NONE.any());
    }

    @Test
    public void whatIsAddedGoesFirst() {
        Credentials both = SOME.and(Credentials.NONE.with(Credentials.GPG, "s3cret four"));
        assertEquals(Optional.of("s3cret four"), both.first(Credentials.GPG));
        assertEquals(SOME.all(Credentials.LUKS), both.all(Credentials.LUKS));
    }

    @Test
    public void whoNeedsOneNameGetsNoOther() throws Exception {
        Credentials luks = SOME.only(Credentials.LUKS);
        assertEquals(SOME.all(Credentials.LUKS), luks.all(Credentials.LUKS));
        assertEquals(List.of(), luks.all(Credentials.GPG));
        assertEquals(Credentials.NONE, SOME.only("other"));
        JsonMapper mapper = new JsonMapper();
        assertEquals(luks, mapper.readValue(mapper.writeValueAsString(luks), Credentials.class));
    }

    @Test
    public void noSecretIsShown() {
        assertEquals("Credentials[gpg, luks]", SOME.toString());
        for (Object holder : List.of(
                SOME,
                new GpgKey("me", null, SOME),
                new ImageBuildRequest.WorkerSettings(false, List.of(), ApplianceSettings.DEFAULT, SOME))) {
            assertFalse(holder.toString(), holder.toString().contains("s3cret"));
        }
    }
}
