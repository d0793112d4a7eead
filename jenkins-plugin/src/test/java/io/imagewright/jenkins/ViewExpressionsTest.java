package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ViewExpressionsTest {

    @Test
    public void everyExpressionOfAViewCanBeRead() throws IOException {
        List<String> expressions = ViewExpressions.in("");
        assertTrue(expressions.toString(), expressions.size() > 20);
        expressions.forEach(ViewExpressions::parsed);
    }

    /** Words of the language cannot be names: a page with such a one is an error page. */
    @Test
    public void whatCannotBeReadIsSeen() {
        assertThrows(AssertionError.class, () -> ViewExpressions.parsed("operation.size"));
    }
}
