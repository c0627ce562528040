package io.errata.datasets.format;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element that knows its line. Documents with a DOCTYPE are refused, so that no entity is ever expanded or fetched.
 *
 * @param name without namespace
 * @param line where it begins, counted from 1
 * @param attributes by name
 * @param children in order
 * @param characters the text directly within it
 */
record XmlElement(
        String name, int line, Map<String, String> attributes, List<XmlElement> children, StringBuilder characters) {

    private static final int MAX_ELEMENTS = 2_000_000;

    /**
     * Reads a document and gives its root.
     *
     * @throws XMLStreamException if it is not well-formed, or has a DOCTYPE
     */
    static XmlElement read(String document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(document));
        try {
            return read(reader);
        } finally {
            reader.close();
        }
    }

    /** The first child of this name. */
    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** All children of this name. */
    List<XmlElement> all(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The text of the first child of this name, stripped; empty where there is none. */
    String text(String wanted) {
        return child(wanted).map(child -> child.characters.toString().strip()).orElse("");
    }

    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "").strip();
    }

    private static XmlElement read(XMLStreamReader reader) throws XMLStreamException {
        XmlElement document = new XmlElement("", 1, Map.of(), new ArrayList<>(), new StringBuilder());
        Deque<XmlElement> open = new ArrayDeque<>(List.of(document));
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS) {
                        throw new XMLStreamException("more than " + MAX_ELEMENTS + " elements", reader.getLocation());
                    }
                    XmlElement element = begin(reader);
                    open.element().children.add(element);
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().characters.append(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("DOCTYPE and entities are not allowed", reader.getLocation());
                default -> {}
            }
        }
        return document.children.get(0);
    }

    private static XmlElement begin(XMLStreamReader reader) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        int line = reader.getLocation().getLineNumber();
        return new XmlElement(reader.getLocalName(), line, attributes, new ArrayList<>(), new StringBuilder());
    }
}
