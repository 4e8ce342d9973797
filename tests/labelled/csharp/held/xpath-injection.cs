using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Web;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using System.Xml.Xsl;
using HtmlAgilityPack;

namespace Fabrikam.Library
{
    public enum Shelf
    {
        Front,
        Back,
    }

    public class LibraryHandler : IHttpHandler
    {
        private readonly XPathDocument _books;
        private readonly XElement _members;
        private readonly HtmlDocument _pages;

        public LibraryHandler(XPathDocument books, XElement members, HtmlDocument pages)
        {
            _books = books;
            _members = members;
            _pages = pages;
        }

        public bool IsReusable => true;

        public void ProcessRequest(HttpContext context)
        {
            var request = context.Request;
            var total = Isbn(request.QueryString["isbn"]) + OnShelf(request["shelf"]) + Page(request["page"]);
            total += Member(request.Form["name"], request.Form["code"]) + Lent(request.Form["card"]) + Year(request["year"]);
            total += new Lookup("author").With("@id", request.Headers["X-Author"]).Count(_books);
            context.Response.ContentType = "application/json";
            context.Response.Write(total);
        }

        private int Isbn(string isbn)
        {
            return _books.CreateNavigator().Select("//book[isbn='" + isbn + "']").Count; // flaw: xpath-injection
        }

        private int OnShelf(string shelf)
        {
            var parsed = (Shelf)Enum.Parse(typeof(Shelf), shelf, true);
            return _books.CreateNavigator().Select("//book[@shelf='" + parsed + "']").Count; // fine: xpath-injection
        }

        private int Page(string page)
        {
            var node = _pages.DocumentNode.SelectSingleNode(string.Format("//div[@id='{0}']", page)); // flaw: xpath-injection
            return node == null ? 0 : 1;
        }

        private int Member(string name, string code)
        {
            return _members.Elements("member") // fine: xpath-injection
                .Count(m => (string)m.Attribute("name") == name && (string)m.Attribute("code") == code);
        }

        private int Lent(string card)
        {
            var predicates = new List<string> { "@state='lent'" };
            if (!string.IsNullOrEmpty(card))
            {
                predicates.Add("@card='" + card + "'");
            }
            var path = "//copy[" + string.Join(" and ", predicates) + "]";
            return _members.XPathSelectElements(path).Count(); // flaw: xpath-injection
        }

        private int Year(string year)
        {
            int parsed;
            if (!int.TryParse(year, out parsed))
            {
                return 0;
            }
            return _members.XPathSelectElements("//loan[@year=" + parsed + "]").Count(); // fine: xpath-injection
        }

        public int Letter(string text)
        {
            if (text.Length != 1 || !char.IsLetter(text[0]))
            {
                return 0;
            }
            var expression = XPathExpression.Compile("//book[starts-with(title, '" + text + "')]"); // fine: xpath-injection
            return _books.CreateNavigator().Select(expression).Count;
        }

        private sealed class Lookup
        {
            private string _path;

            public Lookup(string element)
            {
                _path = "//" + element;
            }

            public Lookup With(string attribute, string value)
            {
                _path += "[" + attribute + "='" + value + "']";
                return this;
            }

            public int Count(IXPathNavigable document)
            {
                var compiled = XPathExpression.Compile(_path); // flaw: xpath-injection
                return document.CreateNavigator().Select(compiled).Count;
            }
        }
    }
}
