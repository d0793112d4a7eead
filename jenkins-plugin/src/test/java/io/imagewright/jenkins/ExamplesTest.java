package io.imagewright.jenkins;

import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilePhase;
import org.jenkinsci.Symbol;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundSetter;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

/** Examples of declarative pipelines and of configuration as code; what they say of steps is in {@link JenkinsfileTest}. */
public class ExamplesTest {

    private static final Path EXAMPLES = Path.of("../examples/jenkins");

    private static final Set<String> SECTIONS =
            Set.of("agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools", "triggers");

    private static final Set<String> OF_A_STAGE =
            Set.of("agent", "environment", "input", "options", "parallel", "post", "stages", "steps", "tools", "when");

    private static List<MethodCallExpression> calls(Statement block) {
        List<MethodCallExpression> calls = new ArrayList<>();
        for (Statement each : ((BlockStatement) block).getStatements()) {
            Expression expression = ((ExpressionStatement) each).getExpression();
            assertFalse("a definition outside of script", expression instanceof DeclarationExpression);
            calls.add((MethodCallExpression) expression);
        }
        return calls;
    }

    /** The block that is the last argument. */
    private static Statement block(MethodCallExpression call) {
        List<Expression> arguments = ((TupleExpression) call.getArguments()).getExpressions();
        return ((ClosureExpression) arguments.get(arguments.size() - 1)).getCode();
    }

    @Test
    public void declarativePipelinesHaveTheSectionsThatJenkinsKnows() throws IOException {
        List<Path> files;
        try (Stream<Path> examples = Files.list(EXAMPLES)) {
            files = examples.filter(file -> String.valueOf(file.getFileName()).startsWith("Jenkinsfile.declarative"))
                    .toList();
        }
        assertEquals(2, files.size());
        for (Path file : files) {
            List<ASTNode> nodes =
                    new AstBuilder().buildFromString(CompilePhase.CONVERSION, true, Files.readString(file));
            MethodCallExpression pipeline = calls((Statement) nodes.get(0)).get(0);
            assertEquals("pipeline", pipeline.getMethodAsString());
            for (MethodCallExpression section : calls(block(pipeline))) {
                assertTrue(section.getText(), SECTIONS.contains(section.getMethodAsString()));
                if (section.getMethodAsString().equals("stages")) {
                    calls(block(section)).forEach(ExamplesTest::stage);
                }
            }
        }
    }

    private static void stage(MethodCallExpression stage) {
        assertEquals("stage", stage.getMethodAsString());
        for (MethodCallExpression part : calls(block(stage))) {
            assertTrue(part.getText(), OF_A_STAGE.contains(part.getMethodAsString()));
            if (part.getMethodAsString().equals("steps")) {
                assertFalse("no step", calls(block(part)).isEmpty());
            }
        }
    }

    /** As the plugin configuration-as-code finds it: by symbol, and by the properties that can be read and set. */
    private static void assertIsConfiguration(JsonNode unclassified) throws Exception {
        String symbol =
                ImagewrightConfiguration.class.getAnnotation(Symbol.class).value()[0];
        BeanInfo bean = Introspector.getBeanInfo(ImagewrightConfiguration.class);
        JsonNode given = unclassified.path(symbol);
        assertFalse(unclassified.toString(), given.isEmpty());
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            PropertyDescriptor property = Stream.of(bean.getPropertyDescriptors())
                    .filter(each -> each.getName().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no setting " + entry.getKey()));
            assertNotNull(property.getReadMethod());
            assertTrue(entry.getKey(), property.getWriteMethod().isAnnotationPresent(DataBoundSetter.class));
            assertEquals(
                    entry.getKey(),
                    property.getPropertyType() == int.class,
                    entry.getValue().isInt());
        }
    }

    @Test
    public void configurationAsCode() throws Exception {
        JsonNode yaml =
                new YAMLMapper().readTree(EXAMPLES.resolve("jenkins.yaml").toFile());
        assertIsConfiguration(yaml.path("unclassified"));
        List<String> ids = yaml.findValuesAsText("id");
        String pipelines = Files.readString(EXAMPLES.resolve("Jenkinsfile.secrets"))
                + Files.readString(EXAMPLES.resolve("Jenkinsfile.declarative-release"));
        assertEquals(List.of("vault-disk", "release-key"), ids);
        ids.forEach(id -> assertTrue(id, pipelines.contains("'" + id + "'")));
    }

    @Test
    public void configurationAsCodeInTheManual() throws Exception {
        String manual = Files.readString(Path.of("../site/markdown/jenkins.md"));
        var block = Pattern.compile("```yaml\n(unclassified:.*?)```", Pattern.DOTALL)
                .matcher(manual);
        assertTrue(block.find());
        assertIsConfiguration(new YAMLMapper().readTree(block.group(1)).path("unclassified"));
    }
}
