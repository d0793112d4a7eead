package io.imagewright.sysprep.unix;

import org.junit.Before;

/** Gives each test a guest in memory. */
public abstract class MemoryTestBase extends OperationTestBase {

    @Before
    public void keepInMemory() {
        guest.inMemory();
    }
}
