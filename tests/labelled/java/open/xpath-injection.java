package com.acme.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.namespace.QName;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@RestController
public class CatalogXmlController {

    private static final String ALL_SKUS = "/catalog/item/@sku";
    private static final Map<String, String> VIEWS = Map.of(
            "new", "/catalog/item[@state='new']",
            "sale", "/catalog/item[@discount > 0]");

    private final Document catalog;
    private final XPathFactory factory = XPathFactory.newInstance();

    public CatalogXmlController(Document catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/catalog/user")
    public boolean user(@RequestParam String login, @RequestParam String pin) throws XPathExpressionException {
        XPath xpath = factory.newXPath();
        String expr = "//user[login='" + login + "' and pin='" + pin + "']";
        return (Boolean) xpath.evaluate(expr, catalog, XPathConstants.BOOLEAN); // flaw: xpath-injection
    }

    @GetMapping("/catalog/customer")
    public boolean customer(@RequestParam String login, @RequestParam String pin) throws XPathExpressionException {
        XPath xpath = factory.newXPath();
        Map<String, Object> vars = Map.of("login", login, "pin", pin);
        xpath.setXPathVariableResolver((QName name) -> vars.get(name.getLocalPart()));
        String expr = "//customer[login=$login and pin=$pin]";
        return (Boolean) xpath.evaluate(expr, catalog, XPathConstants.BOOLEAN); // fine: xpath-injection
    }

    @GetMapping("/catalog/skus")
    public List<String> skus() throws XPathExpressionException {
        XPathExpression compiled = factory.newXPath().compile(ALL_SKUS); // fine: xpath-injection
        return texts((NodeList) compiled.evaluate(catalog, XPathConstants.NODESET));
    }

    @GetMapping("/catalog/filter")
    public List<String> filter(HttpServletRequest request) throws XPathExpressionException {
        StringBuilder path = new StringBuilder("/catalog/item");
        for (String key : new String[] {"brand", "color", "size"}) {
            String value = request.getParameter(key);
            if (value != null) {
                path.append("[@").append(key).append("=\"").append(value).append("\"]");
            }
        }
        path.append("/title");
        XPathExpression compiled = factory.newXPath().compile(path.toString()); // flaw: xpath-injection
        return texts((NodeList) compiled.evaluate(catalog, XPathConstants.NODESET));
    }

    @GetMapping("/catalog/view")
    public List<String> view(@RequestParam String name) throws XPathExpressionException {
        String expr = VIEWS.get(name);
        if (expr == null) {
            return List.of();
        }
        return texts((NodeList) factory.newXPath().evaluate(expr, catalog, XPathConstants.NODESET)); // fine: xpath-injection
    }

    @GetMapping("/catalog/nth")
    public List<String> nth(@RequestParam String position) throws XPathExpressionException {
        int n = Integer.parseInt(position);
        XPathExpression compiled = factory.newXPath().compile("/catalog/item[" + n + "]/title"); // fine: xpath-injection
        return texts((NodeList) compiled.evaluate(catalog, XPathConstants.NODESET));
    }

    @GetMapping("/catalog/price")
    public List<String> price(@RequestParam String sku) throws XPathExpressionException {
        return select("@sku='" + sku + "'");
    }

    @GetMapping("/catalog/any")
    public List<String> any(@RequestParam String path) throws XPathExpressionException {
        return texts((NodeList) factory.newXPath().evaluate(path, catalog, XPathConstants.NODESET)); // flaw: xpath-injection
    }

    private List<String> select(String predicate) throws XPathExpressionException {
        String expr = String.format("/catalog/item[%s]/price", predicate);
        XPath xpath = factory.newXPath();
        NodeList nodes = (NodeList) xpath.evaluate(expr, catalog, XPathConstants.NODESET); // flaw: xpath-injection
        return texts(nodes);
    }

    private static List<String> texts(NodeList nodes) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            out.add(nodes.item(i).getTextContent());
        }
        return out;
    }
}
