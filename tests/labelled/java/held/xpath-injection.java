package io.northwind.xmlstore;

import java.util.List;
import java.util.Map;

import io.javalin.http.Context;

import org.dom4j.Document;
import org.dom4j.DocumentHelper;
import org.dom4j.Node;
import org.dom4j.XPath;
import org.jaxen.SimpleVariableContext;
import org.jdom2.Element;
import org.jdom2.filter.Filters;
import org.jdom2.xpath.XPathExpression;
import org.jdom2.xpath.XPathFactory;

public class XmlStoreHandlers {

    enum Shelf { FRONT, BACK, ARCHIVE }

    private static final String TITLES = "/library/book/title";

    private final Document library;
    private final org.jdom2.Document members;

    public XmlStoreHandlers(Document library, org.jdom2.Document members) {
        this.library = library;
        this.members = members;
    }

    public void book(Context ctx) {
        Node node = library.selectSingleNode("//book[isbn='" + ctx.queryParam("isbn") + "']"); // flaw: xpath-injection
        ctx.json(Map.of("found", node != null));
    }

    public void bookByVariable(Context ctx) {
        SimpleVariableContext vars = new SimpleVariableContext();
        vars.setVariableValue("isbn", ctx.queryParam("isbn"));
        XPath path = DocumentHelper.createXPath("//book[isbn=$isbn]"); // fine: xpath-injection
        path.setVariableContext(vars);
        ctx.json(Map.of("found", path.selectSingleNode(library) != null));
    }

    public void titles(Context ctx) {
        List<Node> nodes = library.selectNodes(TITLES); // fine: xpath-injection
        ctx.json(Map.of("n", nodes.size()));
    }

    public void shelf(Context ctx) {
        Shelf shelf = Shelf.valueOf(ctx.pathParam("shelf").toUpperCase());
        List<Node> nodes = library.selectNodes("//book[@shelf='" + shelf.name() + "']"); // fine: xpath-injection
        ctx.json(Map.of("n", nodes.size()));
    }

    public void member(Context ctx) {
        String name = ctx.formParam("name");
        String code = ctx.formParam("code");
        String predicate = "@name='" + name + "'";
        if (code != null) {
            predicate = predicate + " and @code='" + code + "'";
        }
        String expression = "/members/member[" + predicate + "]";
        XPathExpression<Element> compiled = XPathFactory.instance().compile(expression, Filters.element()); // flaw: xpath-injection
        ctx.json(Map.of("ok", compiled.evaluateFirst(members) != null));
    }

    public void memberByVariable(Context ctx) {
        Map<String, Object> vars = Map.of("name", ctx.formParam("name"), "code", ctx.formParam("code"));
        XPathExpression<Element> compiled = XPathFactory.instance()
                .compile("/members/member[@name=$name and @code=$code]", Filters.element(), vars); // fine: xpath-injection
        ctx.json(Map.of("ok", compiled.evaluateFirst(members) != null));
    }

    public void year(Context ctx) {
        int year = ctx.queryParamAsClass("year", Integer.class).get();
        ctx.json(Map.of("n", library.selectNodes("//book[@year=" + year + "]").size())); // fine: xpath-injection
    }

    public void lender(Context ctx) {
        Lookup lookup = new Lookup("member");
        lookup.where("@branch", ctx.header("X-Branch"));
        lookup.where("@card", ctx.queryParam("card"));
        ctx.json(Map.of("n", count(lookup.build())));
    }

    public void genre(Context ctx) {
        StringBuilder union = new StringBuilder();
        for (String g : ctx.queryParams("genre")) {
            union.append(union.length() == 0 ? "" : " | ").append("//book[genre=\"").append(g).append("\"]");
        }
        XPath path = library.createXPath(union.toString()); // flaw: xpath-injection
        ctx.json(Map.of("n", path.selectNodes(library).size()));
    }

    private int count(String expression) {
        return XPathFactory.instance().compile(expression).evaluate(members).size(); // flaw: xpath-injection
    }

    private static final class Lookup {
        private final StringBuilder path = new StringBuilder("//");

        Lookup(String element) {
            path.append(element);
        }

        void where(String attribute, String value) {
            path.append('[').append(attribute).append("='").append(value).append("']");
        }

        String build() {
            return path.toString();
        }
    }
}
