package com.acme.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

@RestController
public class FeedController {

    private static final String DISALLOW = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final String SAMPLE = "<feed><title>sample</title></feed>";

    @PostMapping("/feed/dom")
    public Map<String, Object> dom(HttpServletRequest request) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        Document doc = builder.parse(request.getInputStream()); // flaw: xxe
        return Map.of("root", doc.getDocumentElement().getTextContent());
    }

    @PostMapping("/feed/dom2")
    public Map<String, Object> strictDom(HttpServletRequest request) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(DISALLOW, true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        Document doc = factory.newDocumentBuilder().parse(request.getInputStream()); // fine: xxe
        return Map.of("root", doc.getDocumentElement().getTextContent());
    }

    @PostMapping("/feed/sax")
    public Map<String, Object> sax(HttpServletRequest request) throws Exception {
        Collector collector = new Collector();
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setValidating(false);
        SAXParser parser = factory.newSAXParser();
        try (InputStream in = request.getInputStream()) {
            parser.parse(in, collector); // flaw: xxe
        }
        return Map.of("text", collector.text.toString());
    }

    @PostMapping("/feed/sax2")
    public Map<String, Object> strictSax(@RequestBody String body) throws Exception {
        Collector collector = new Collector();
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature(DISALLOW, true);
        factory.newSAXParser().parse(new InputSource(new StringReader(body)), collector); // fine: xxe
        return Map.of("text", collector.text.toString());
    }

    @PostMapping("/feed/stream")
    public Map<String, Object> stream(@RequestBody String body) throws Exception {
        return Map.of("text", firstText(XMLInputFactory.newFactory(), body));
    }

    @PostMapping("/feed/stream2")
    public Map<String, Object> strictStream(@RequestBody String body) throws Exception {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(body)); // fine: xxe
        reader.nextTag();
        return Map.of("root", reader.getLocalName());
    }

    @PostMapping("/feed/convert")
    public Map<String, Object> convert(@RequestBody String body) throws Exception {
        Transformer transformer = TransformerFactory.newInstance().newTransformer();
        StringWriter out = new StringWriter();
        transformer.transform(new StreamSource(new StringReader(body)), new StreamResult(out)); // flaw: xxe
        return Map.of("xml", out.toString());
    }

    @PostMapping("/feed/convert2")
    public Map<String, Object> strictConvert(@RequestBody String body) throws Exception {
        TransformerFactory factory = TransformerFactory.newInstance();
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
        StringWriter out = new StringWriter();
        factory.newTransformer().transform(new StreamSource(new StringReader(body)), new StreamResult(out)); // fine: xxe
        return Map.of("xml", out.toString());
    }

    public String sampleTitle() throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        Document doc = builder.parse(new InputSource(new StringReader(SAMPLE))); // fine: xxe
        return doc.getDocumentElement().getTextContent();
    }

    private String firstText(XMLInputFactory factory, String body) throws Exception {
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(body)); // flaw: xxe
        reader.nextTag();
        return reader.getElementText();
    }

    private static final class Collector extends DefaultHandler {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void characters(char[] ch, int start, int length) {
            text.append(ch, start, length);
        }
    }
}
