package io.imagewright.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** A view as a page of HTML: the tags of Jelly that the views use, with those of Jenkins' own layout made simple. */
final class RenderedView {

    static final Path VIEWS = Path.of("src/main/resources/io/imagewright/jenkins");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(%)?([^}]*)}");

    private final Path directory;
    private final StringBuilder html = new StringBuilder();

    private RenderedView(Path directory) {
        this.directory = directory;
    }

    /** What Jenkins makes of a view of a class, about as wide as Jenkins' own pages are. */
    static String of(String view, Map<String, Object> variables) throws Exception {
        Path file = VIEWS.resolve(view);
        RenderedView rendered = new RenderedView(file.getParent());
        rendered.html
                .append("<!DOCTYPE html><html><head><meta charset=utf-8><title>Page</title>")
                .append("<link rel=stylesheet href=/jenkins.css></head><body>");
        rendered.view(file, new HashMap<>(variables));
        return rendered.html.append("</body></html>").toString();
    }

    private void view(Path file, Map<String, Object> variables) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (var in = Files.newInputStream(file)) {
            node(factory.newDocumentBuilder().parse(in).getDocumentElement(), variables);
        }
    }

    private void children(Node parent, Map<String, Object> variables) throws Exception {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            node(child, variables);
        }
    }

    private void node(Node node, Map<String, Object> variables) throws Exception {
        if (node.getNodeType() == Node.TEXT_NODE) {
            html.append(escaped(text(node.getNodeValue(), variables)));
        } else if (node instanceof Element element) {
            element(element, variables);
        }
    }

    private void element(Element element, Map<String, Object> variables) throws Exception {
        switch (element.getTagName()) {
            case "j:jelly" -> children(element, variables);
            case "j:if" -> {
                if (Boolean.TRUE.equals(value(element.getAttribute("test"), variables))) {
                    children(element, variables);
                }
            }
            case "j:set" -> variables.put(element.getAttribute("var"), value(element.getAttribute("value"), variables));
            case "j:out" -> html.append(value(element.getAttribute("value"), variables));
            case "j:forEach" -> {
                for (Object each : (List<?>) value(element.getAttribute("items"), variables)) {
                    Map<String, Object> inner = new HashMap<>(variables);
                    inner.put(element.getAttribute("var"), each);
                    children(element, inner);
                }
            }
            case "st:include" -> include(element, variables);
            case "st:adjunct" ->
                html.append("<link rel=stylesheet href=\"/")
                        .append(element.getAttribute("includes").replace('.', '/'))
                        .append(".css\">");
            case "l:layout" -> wrapped("div", "page", element, variables);
            case "l:main-panel" -> wrapped("div", "main-panel", element, variables);
            case "l:copyButton" -> html.append("<button type=button class=jenkins-button>Copy</button>");
            case "t:summary" -> wrapped("div", "summary", element, variables);
            default -> plain(element, variables);
        }
    }

    private void include(Element element, Map<String, Object> variables) throws Exception {
        if (element.hasAttribute("it")) {
            // of the build: not ours
            html.append("<div id=side-panel>Status<br>Changes<br>Console Output</div>");
        } else {
            view(directory.resolve(element.getAttribute("page")), variables);
        }
    }

    private void wrapped(String tag, String id, Element element, Map<String, Object> variables) throws Exception {
        html.append('<').append(tag).append(" id=").append(id).append('>');
        children(element, variables);
        html.append("</").append(tag).append('>');
    }

    private void plain(Element element, Map<String, Object> variables) throws Exception {
        if (element.getTagName().contains(":")) {
            throw new AssertionError("not rendered here: " + element.getTagName());
        }
        html.append('<').append(element.getTagName());
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            html.append(' ')
                    .append(attributes.item(i).getNodeName())
                    .append("=\"")
                    .append(escaped(text(attributes.item(i).getNodeValue(), variables)))
                    .append('"');
        }
        html.append('>');
        children(element, variables);
        html.append("</").append(element.getTagName()).append('>');
    }

    private static Object value(String attribute, Map<String, Object> variables) {
        Matcher whole = EXPRESSION.matcher(attribute);
        if (!whole.matches()) {
            throw new AssertionError(attribute);
        }
        return ViewExpressions.value(whole.group(2), variables);
    }

    private static String text(String text, Map<String, Object> variables) {
        return EXPRESSION
                .matcher(text)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement(
                        found.group(1) != null
                                ? found.group(2)
                                : String.valueOf(ViewExpressions.value(found.group(2), variables))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** A file that a page asks for. */
    static byte[] resource(String path) throws IOException {
        return Files.readAllBytes(Path.of("src/main/resources").resolve(path.substring(1)));
    }
}
