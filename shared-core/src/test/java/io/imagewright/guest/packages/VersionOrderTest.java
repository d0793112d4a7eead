package io.imagewright.guest.packages;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class VersionOrderTest {

    @Test
    public void ordersNumbersAsNumbers() {
        List<String> ordered = List.of(
                "",
                "1~rc1",
                "1",
                "2.6.32-9",
                "2.6.32-696.el6",
                "6.1.0-9-amd64",
                "6.1.0-18-amd64",
                "6.10.0",
                "010.1",
                "99999999999999999999");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        shuffled.sort(VersionOrder.INSTANCE);
        assertEquals(ordered, shuffled);
    }
}
