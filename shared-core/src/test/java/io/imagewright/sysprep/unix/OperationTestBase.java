package io.imagewright.sysprep.unix;

import java.io.IOException;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertTrue;

/** Gives each test a guest of its own. */
public abstract class OperationTestBase {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    protected TestGuest guest;

    @Before
    public void makeGuest() throws IOException {
        guest = new TestGuest(folder.getRoot().toPath());
    }

    @After
    public void checkGuest() {
        guest.close();
    }

    protected void assertWarned(String part) {
        assertTrue(guest.warnings.toString(), guest.warnings.stream().anyMatch(warning -> warning.contains(part)));
    }
}
