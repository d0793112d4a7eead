package io.imagewright.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.jexl.Expression;
import org.apache.commons.jexl.ExpressionFactory;
import org.apache.commons.jexl.JexlContext;
import org.apache.commons.jexl.JexlHelper;

/** What stands in <code>${}</code> in views, in the language that Jenkins reads it in. */
final class ViewExpressions {

    /** But texts to translate. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(?!%)([^}]*)}");

    private ViewExpressions() {}

    /** Of the views in a directory of resources, and below. */
    static List<String> in(String directory) throws IOException {
        try (Stream<Path> views = Files.walk(Path.of("src/main/resources/io/imagewright/jenkins", directory))) {
            return views.filter(view -> view.toString().endsWith(".jelly"))
                    .sorted()
                    .map(ViewExpressions::read)
                    .flatMap(text -> EXPRESSION.matcher(text).results())
                    .map((MatchResult found) -> found.group(1))
                    .distinct()
                    .toList();
        }
    }

    private static String read(Path view) {
        try {
            return Files.readString(view);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Expression parsed(String expression) {
        try {
            return ExpressionFactory.createExpression(expression);
        } catch (Exception wrong) {
            throw new AssertionError(expression, wrong);
        }
    }

    /** Null where a page would show nothing. */
    @SuppressWarnings("unchecked")
    static Object value(String expression, Map<String, Object> variables) {
        JexlContext context = JexlHelper.createContext();
        context.getVars().putAll(variables);
        try {
            return parsed(expression).evaluate(context);
        } catch (Exception wrong) {
            throw new AssertionError(expression, wrong);
        }
    }
}
