using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Web.Controllers
{
    public class NavigationController : Controller
    {
        private static readonly Dictionary<string, string> Partners = new()
        {
            ["bank"] = "https://www.bank-partner.com/start",
            ["post"] = "https://parcel.example.org/",
        };

        private static readonly HashSet<string> Hosts = new() { "www.contoso.com", "help.contoso.com" };

        public IActionResult Go(string url)
        {
            return Redirect(url); // flaw: open-redirect
        }

        public IActionResult Partner(string name)
        {
            return Redirect(Partners.TryGetValue(name ?? "", out var url) ? url : "/partners"); // fine: open-redirect
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult SignedIn(string returnUrl)
        {
            var target = "/home";
            if (!string.IsNullOrWhiteSpace(returnUrl))
            {
                target = returnUrl.Trim();
            }
            return new RedirectResult(target); // flaw: open-redirect
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult SignedInLocally(string returnUrl)
        {
            if (Url.IsLocalUrl(returnUrl))
            {
                return Redirect(returnUrl); // fine: open-redirect
            }
            return RedirectToAction("Index", "Home");
        }

        public IActionResult Local(string returnUrl)
        {
            return LocalRedirect(string.IsNullOrEmpty(returnUrl) ? "~/" : returnUrl); // fine: open-redirect
        }

        public IActionResult Leave(string to)
        {
            if (to != null && to.StartsWith("/"))
            {
                return RedirectPermanent(to); // flaw: open-redirect
            }
            return RedirectToAction("Index", "Home");
        }

        public IActionResult Help(string url)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == "https" && Hosts.Contains(uri.Host))
            {
                return Redirect(uri.AbsoluteUri); // fine: open-redirect
            }
            return NotFound();
        }

        public IActionResult Item(int id, bool edit)
        {
            return Redirect($"/items/{id}" + (edit ? "/edit" : "")); // fine: open-redirect
        }

        public void Switch(string tenant)
        {
            Send(Response, "https://" + tenant + "/start");
        }

        private static void Send(HttpResponse response, string location)
        {
            response.Redirect(location); // flaw: open-redirect
        }
    }
}
