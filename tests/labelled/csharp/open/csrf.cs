using System.Threading.Tasks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Contoso.Banking
{
    public static class AntiforgerySetup
    {
        public static void Add(IServiceCollection services)
        {
            services.AddControllersWithViews(options =>
            {
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()); // fine: csrf
            });
            services.AddRazorPages(options =>
            {
                options.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()); // flaw: csrf
            });
        }
    }

    [Authorize(AuthenticationSchemes = "Cookies")]
    public class TransferController : Controller
    {
        private readonly IAccounts _accounts;

        public TransferController(IAccounts accounts)
        {
            _accounts = accounts;
        }

        [HttpPost]
        [IgnoreAntiforgeryToken] // flaw: csrf
        public async Task<IActionResult> Send(int to, decimal amount)
        {
            await _accounts.TransferAsync(User.Identity.Name, to, amount);
            return RedirectToAction("Done");
        }

        [HttpPost]
        [ValidateAntiForgeryToken] // fine: csrf
        public async Task<IActionResult> Schedule(int to, decimal amount)
        {
            await _accounts.ScheduleAsync(User.Identity.Name, to, amount);
            return RedirectToAction("Done");
        }

        [HttpGet]
        [IgnoreAntiforgeryToken] // fine: csrf
        public IActionResult Done()
        {
            return View();
        }
    }

    [Authorize(AuthenticationSchemes = "Cookies")]
    [IgnoreAntiforgeryToken(Order = 1001)] // flaw: csrf
    public class SettingsModel : PageModel
    {
        [BindProperty]
        public string Email { get; set; }

        public IActionResult OnPost([FromServices] IAccounts accounts)
        {
            accounts.ChangeEmail(User.Identity.Name, Email);
            return RedirectToPage();
        }
    }

    [ApiController]
    [Authorize(AuthenticationSchemes = JwtBearerDefaults.AuthenticationScheme)]
    [IgnoreAntiforgeryToken] // fine: csrf
    public class BearerTransferController : ControllerBase
    {
        [HttpPost("/api/transfer")]
        public async Task<IActionResult> Send([FromBody] Order order, [FromServices] IAccounts accounts)
        {
            await accounts.TransferAsync(User.Identity.Name, order.To, order.Amount);
            return NoContent();
        }
    }

    public static class FormEndpoints
    {
        public static void Map(WebApplication app)
        {
            app.MapPost("/forms/close", async ([FromForm] int account, HttpContext http, IAccounts accounts) =>
            {
                await accounts.TransferAsync(http.User.Identity.Name, account, 0);
            }).RequireAuthorization("cookie").DisableAntiforgery(); // flaw: csrf

            app.MapPost("/forms/open", async (HttpContext http, IAntiforgery antiforgery, IAccounts accounts) =>
            {
                await antiforgery.ValidateRequestAsync(http); // fine: csrf
                await accounts.ScheduleAsync(http.User.Identity.Name, 1, 0);
            }).RequireAuthorization("cookie");
        }
    }

    public record Order(int To, decimal Amount);

    public interface IAccounts
    {
        Task TransferAsync(string from, int to, decimal amount);

        Task ScheduleAsync(string from, int to, decimal amount);

        void ChangeEmail(string user, string email);
    }
}
