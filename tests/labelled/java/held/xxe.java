package io.northwind.edi;

import java.io.InputStream;
import java.io.Reader;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.bind.JAXBContext;
import javax.xml.bind.Unmarshaller;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.dom4j.io.SAXReader;
import org.jdom2.input.SAXBuilder;
import org.xml.sax.InputSource;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.XMLReaderFactory;

@Path("/edi")
@Consumes("application/xml")
public class EdiResource {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private final JAXBContext jaxb;
    private final Schema schema;

    public EdiResource(JAXBContext jaxb, Schema schema) {
        this.jaxb = jaxb;
        this.schema = schema;
    }

    @POST
    @Path("/order")
    public Response order(InputStream body) throws Exception {
        org.dom4j.Document doc = new SAXReader().read(body); // flaw: xxe
        return Response.ok(Map.of("root", doc.getRootElement().getStringValue())).build();
    }

    @POST
    @Path("/order2")
    public Response orderStrict(InputStream body) throws Exception {
        SAXReader reader = new SAXReader();
        reader.setFeature(NO_DOCTYPE, true);
        org.dom4j.Document doc = reader.read(body); // fine: xxe
        return Response.ok(Map.of("root", doc.getRootElement().getStringValue())).build();
    }

    @POST
    @Path("/desadv")
    public Response despatch(Reader body) throws Exception {
        SAXBuilder builder = new SAXBuilder();
        builder.setIgnoringElementContentWhitespace(true);
        builder.setExpandEntities(true);
        org.jdom2.Document doc = builder.build(body); // flaw: xxe
        return Response.ok(Map.of("root", doc.getRootElement().getText())).build();
    }

    @POST
    @Path("/desadv2")
    public Response despatchStrict(Reader body) throws Exception {
        SAXBuilder builder = new SAXBuilder();
        builder.setFeature(NO_DOCTYPE, true);
        org.jdom2.Document doc = builder.build(body); // fine: xxe
        return Response.ok(Map.of("root", doc.getRootElement().getText())).build();
    }

    @POST
    @Path("/invoice")
    public Response invoice(InputStream body) throws Exception {
        Unmarshaller unmarshaller = jaxb.createUnmarshaller();
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(body);
        return Response.ok(Map.of("ok", unmarshaller.unmarshal(reader) != null)).build(); // fine: xxe
    }

    @POST
    @Path("/status")
    public Response status(InputStream body) throws Exception {
        walk(XMLReaderFactory.createXMLReader(), body);
        return Response.noContent().build();
    }

    @POST
    @Path("/check")
    public Response check(Reader body) throws Exception {
        Validator validator = schema.newValidator();
        validator.validate(new StreamSource(body)); // flaw: xxe
        return Response.noContent().build();
    }

    @POST
    @Path("/check2")
    public Response checkStrict(Reader body) throws Exception {
        Validator validator = schema.newValidator();
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        validator.validate(new StreamSource(body)); // fine: xxe
        return Response.noContent().build();
    }

    @POST
    @Path("/schema")
    public Response schema(InputStream body) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema made = factory.newSchema(new StreamSource(body)); // flaw: xxe
        return Response.ok(Map.of("ok", made != null)).build();
    }

    private static void walk(XMLReader reader, InputStream body) throws Exception {
        reader.setContentHandler(new DefaultHandler());
        reader.parse(new InputSource(body)); // flaw: xxe
    }
}
