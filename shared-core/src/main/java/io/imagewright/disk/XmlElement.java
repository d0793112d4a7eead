package io.imagewright.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a small, hostile XML document, such as a machine's description. Names are local ones, without their namespaces.
 *
 * @param text what stands between the tags, without blanks at its ends
 */
public record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text) {

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_ELEMENTS = 100_000;
    private static final int DEEPEST = 64;

    /**
     * Reads the document's root; nothing outside of the document is read, and document types are ignored.
     *
     * @throws IOException when it is no XML, or larger or deeper than descriptions of machines are
     */
    public static XmlElement read(InputStream in) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // comments and the like
            }
            return element(reader, 0, new int[1]);
        } catch (XMLStreamException | RuntimeException malformed) {
            throw new IOException("it is no well-formed XML", malformed);
        }
    }

    private static XmlElement element(XMLStreamReader reader, int depth, int[] count) throws XMLStreamException {
        if (depth > DEEPEST || ++count[0] > MOST_ELEMENTS) {
            throw new XMLStreamException("too many elements");
        }
        String name = reader.getLocalName();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1, count));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new XmlElement(
                            name,
                            Map.copyOf(attributes),
                            List.copyOf(children),
                            text.toString().strip());
                }
                default -> {
                    // comments and processing instructions
                }
            }
        }
    }

    /** An attribute's value; empty when it is not there. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** The text of the first child of this name; empty when there is none. */
    public String child(String child) {
        return children.stream()
                .filter(element -> element.name().equals(child))
                .findFirst()
                .map(XmlElement::text)
                .orElse("");
    }

    /** All elements of this name, this one and those at any depth below it, in the order of the document. */
    public Stream<XmlElement> all(String wanted) {
        Stream<XmlElement> below = children.stream().flatMap(element -> element.all(wanted));
        return name.equals(wanted) ? Stream.concat(Stream.of(this), below) : below;
    }
}
