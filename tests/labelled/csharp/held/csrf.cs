using System;
using System.Web;
using System.Web.Helpers;
using System.Web.Mvc;
using System.Web.UI;

namespace Fabrikam.Console
{
    [Authorize]
    public class PaymentController : Controller
    {
        private readonly IPayments _payments;

        public PaymentController(IPayments payments)
        {
            _payments = payments;
        }

        [HttpPost] // flaw: csrf
        public ActionResult Pay(int to, decimal amount)
        {
            _payments.Pay(User.Identity.Name, to, amount);
            return RedirectToAction("Done");
        }

        [HttpPost]
        [ValidateAntiForgeryToken] // fine: csrf
        public ActionResult Plan(int to, decimal amount)
        {
            _payments.Plan(User.Identity.Name, to, amount);
            return RedirectToAction("Done");
        }

        [HttpGet] // fine: csrf
        public ActionResult Done()
        {
            return View();
        }

        [HttpPost] // fine: csrf
        public ActionResult Ajax(int to, decimal amount)
        {
            var cookie = Request.Cookies[AntiForgeryConfig.CookieName];
            AntiForgery.Validate(cookie?.Value, Request.Headers["X-Form-Token"]);
            _payments.Pay(User.Identity.Name, to, amount);
            return new HttpStatusCodeResult(204);
        }

        [AcceptVerbs(HttpVerbs.Post)] // flaw: csrf
        public ActionResult Email(string address)
        {
            if (string.IsNullOrEmpty(address) || address.Length > 200)
            {
                return new HttpStatusCodeResult(400);
            }
            _payments.ChangeEmail(User.Identity.Name, address);
            return RedirectToAction("Done");
        }

        [HttpPost] // flaw: csrf
        public ActionResult Cancel(FormCollection form)
        {
            foreach (var key in form.AllKeys)
            {
                int id;
                if (int.TryParse(form[key], out id))
                {
                    Drop(id);
                }
            }
            return RedirectToAction("Done");
        }

        private void Drop(int id)
        {
            _payments.Cancel(User.Identity.Name, id);
        }
    }

    public class SettingsPage : Page
    {
        protected override void OnInit(EventArgs e)
        {
            base.OnInit(e);
            ViewStateUserKey = Session.SessionID; // fine: csrf
        }
    }

    public class ImportPage : Page
    {
        protected override void OnPreInit(EventArgs e)
        {
            base.OnPreInit(e);
            EnableViewStateMac = false; // flaw: csrf
        }
    }

    public interface IPayments
    {
        void Pay(string from, int to, decimal amount);

        void Plan(string from, int to, decimal amount);

        void Cancel(string from, int id);

        void ChangeEmail(string user, string address);
    }
}
