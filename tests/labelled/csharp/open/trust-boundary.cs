using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Web.Controllers
{
    public class SessionSetupController : Controller
    {
        private static readonly HashSet<string> Languages = new() { "en", "de", "fr" };
        private static readonly Dictionary<string, string> Plans = new() { ["f"] = "free", ["t"] = "team" };
        private readonly IAccountLookup _accounts;

        public SessionSetupController(IAccountLookup accounts)
        {
            _accounts = accounts;
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Role(string role)
        {
            HttpContext.Session.SetString("role", role); // flaw: trust-boundary
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Language(string lang)
        {
            if (Languages.Contains(lang))
            {
                HttpContext.Session.SetString("lang", lang); // fine: trust-boundary
            }
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Plan(string code)
        {
            var plan = Plans.TryGetValue(code ?? "", out var found) ? found : "free";
            HttpContext.Session.SetString("shownPlan", plan); // fine: trust-boundary
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Account()
        {
            HttpContext.Session.SetInt32("accountId", _accounts.IdOf(User.Identity.Name)); // fine: trust-boundary
            var effective = User.Identity.Name;
            var acting = Request.Headers["X-Acting-For"].ToString();
            if (acting.Length > 0)
            {
                effective = acting.Trim();
            }
            HttpContext.Session.SetString("effectiveUser", effective); // flaw: trust-boundary
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Tenant(IFormCollection form)
        {
            foreach (var key in form.Keys.Where(k => k.StartsWith("auth.")))
            {
                HttpContext.Session.SetString(key, form[key]); // flaw: trust-boundary
            }
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult PageSize(int size)
        {
            HttpContext.Session.SetInt32("pageSize", Math.Clamp(size, 10, 100)); // fine: trust-boundary
            return NoContent();
        }

        [HttpPost, ValidateAntiForgeryToken]
        public IActionResult Verify(string verified, string level)
        {
            Keep("verified", verified == "yes" ? 1 : 0);
            return NoContent();
        }

        private void Keep(string key, int value)
        {
            HttpContext.Session.SetInt32(key, value); // flaw: trust-boundary
        }
    }

    public interface IAccountLookup
    {
        int IdOf(string user);
    }
}
