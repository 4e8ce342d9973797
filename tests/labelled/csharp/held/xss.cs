using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Web;
using System.Web.Mvc;
using System.Web.UI;
using System.Web.UI.WebControls;
using Ganss.Xss;
using Microsoft.Security.Application;

namespace Fabrikam.Guestbook
{
    public class GuestbookPage : Page
    {
        private static readonly List<string> Entries = new List<string>();
        private readonly HtmlSanitizer _sanitizer = new HtmlSanitizer();

        protected Literal Greeting;
        protected Label Status;
        protected PlaceHolder Body;

        protected void Hello()
        {
            Response.Write("<h1>Hello " + Request.QueryString["name"] + "</h1>"); // flaw: xss
        }

        protected void HelloEncoded()
        {
            Response.Write("<h1>Hello " + HttpUtility.HtmlEncode(Request.QueryString["name"]) + "</h1>"); // fine: xss
        }

        protected void Sign()
        {
            Entries.Add(Request.Form["text"] ?? "");
            var html = new StringBuilder("<ol>");
            foreach (var entry in Entries)
            {
                html.Append("<li>").Append(entry).Append("</li>");
            }
            Greeting.Text = html.Append("</ol>").ToString(); // flaw: xss
        }

        protected void Formatted()
        {
            var clean = _sanitizer.Sanitize(Request.Form["text"]);
            Greeting.Text = "<blockquote>" + clean + "</blockquote>"; // fine: xss
        }

        protected void Encoded()
        {
            Greeting.Mode = LiteralMode.Encode;
            Greeting.Text = Request.Form["text"]; // fine: xss
        }

        protected void Visits()
        {
            var start = int.Parse(Request.QueryString["start"]);
            Status.Text = "Visitor " + (start + Entries.Count); // fine: xss
        }

        protected void Missing()
        {
            var hint = Request.QueryString["hint"];
            var message = "No such page";
            if (!string.IsNullOrEmpty(hint))
            {
                message = string.Format("No page {0} here", hint);
            }
            Status.Text = message; // flaw: xss
        }

        protected void Script()
        {
            var nick = HttpUtility.HtmlEncode(Request.QueryString["nick"]);
            ClientScript.RegisterStartupScript(GetType(), "n", "var nick = `" + nick + "`;", true); // flaw: xss
        }

        protected void ScriptEncoded()
        {
            var nick = HttpUtility.JavaScriptStringEncode(Request.QueryString["nick"] ?? "", true);
            ClientScript.RegisterStartupScript(GetType(), "m", "var nick = " + nick + ";", true); // fine: xss
        }

        protected void Search()
        {
            Shell("<em>" + Request.QueryString["q"] + "</em>");
        }

        private void Shell(string content)
        {
            var control = new LiteralControl("<main>" + content + "</main>"); // flaw: xss
            Body.Controls.Add(control);
        }
    }
}
