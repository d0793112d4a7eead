package io.imagewright.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.jenkins.pipeline.ImageBuildStep;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The examples, read by the Groovy that Jenkins has: steps and arguments are those that the plugin knows. */
public class JenkinsfileTest {

    private static final Map<String, Class<?>> STEPS = Map.of(
            "imageBuild", ImageBuildStep.class,
            "imageInspect", ImageInspector.class,
            "imageConvert", ImageConverter.class,
            "imageVerify", ImageVerifier.class);

    private static Set<String> arguments(Class<?> step) {
        Set<String> names = new HashSet<>(DataBindingTest.setters(step).keySet());
        for (var parameter : DataBindingTest.constructor(step).getParameters()) {
            names.add(parameter.getName());
        }
        return names;
    }

    @Test
    public void examplesNameStepsAndArgumentsThatThereAre() throws IOException {
        List<String> calls = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> examples = Files.list(Path.of("../examples/jenkins"))) {
            files = examples.filter(file -> String.valueOf(file.getFileName()).startsWith("Jenkinsfile"))
                    .toList();
        }
        assertEquals(4, files.size());
        for (Path file : files) {
            CodeVisitorSupport visitor = new CodeVisitorSupport() {
                @Override
                public void visitMethodCallExpression(MethodCallExpression call) {
                    String name = call.getMethodAsString();
                    Class<?> step = name == null ? null : STEPS.get(name);
                    if (step != null) {
                        calls.add(name);
                        Set<String> known = arguments(step);
                        MapExpression given = (MapExpression) ((TupleExpression) call.getArguments()).getExpression(0);
                        for (MapEntryExpression entry : given.getMapEntryExpressions()) {
                            String argument = entry.getKeyExpression().getText();
                            assertTrue(file + ": " + name + " has no " + argument, known.contains(argument));
                        }
                    }
                    super.visitMethodCallExpression(call);
                }
            };
            for (ASTNode node :
                    new AstBuilder().buildFromString(CompilePhase.CONVERSION, true, Files.readString(file))) {
                node.visit(visitor);
            }
        }
        assertTrue(calls.toString(), calls.containsAll(STEPS.keySet()));
    }
}
