using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Newtonsoft.Json;

namespace Contoso.Members
{
    [Authorize]
    [AutoValidateAntiforgeryToken]
    public class MembersController : Controller
    {
        private static readonly string[] Editable = { "DisplayName", "Phone" };
        private readonly MemberContext _db;

        public MembersController(MemberContext db)
        {
            _db = db;
        }

        [HttpPost]
        public async Task<IActionResult> Register(Member member) // flaw: mass-assignment
        {
            _db.Members.Add(member);
            await _db.SaveChangesAsync();
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> Join([Bind("DisplayName,Phone")] Member member) // fine: mass-assignment
        {
            _db.Members.Add(member);
            await _db.SaveChangesAsync();
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> Create(JoinForm form) // fine: mass-assignment
        {
            _db.Members.Add(new Member { DisplayName = form.DisplayName, Phone = form.Phone });
            await _db.SaveChangesAsync();
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> Edit()
        {
            var member = await Mine();
            if (await TryUpdateModelAsync(member)) // flaw: mass-assignment
            {
                await _db.SaveChangesAsync();
            }
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> EditContact()
        {
            var member = await Mine();
            if (await TryUpdateModelAsync(member, "", m => m.DisplayName, m => m.Phone)) // fine: mass-assignment
            {
                await _db.SaveChangesAsync();
            }
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> Patch([FromBody] Dictionary<string, object> changes)
        {
            var entry = _db.Entry(await Mine());
            foreach (var change in changes)
            {
                if (change.Key != nameof(Member.Id))
                {
                    entry.Property(change.Key).CurrentValue = change.Value; // flaw: mass-assignment
                }
            }
            await _db.SaveChangesAsync();
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> PatchListed([FromBody] Dictionary<string, string> changes)
        {
            var entry = _db.Entry(await Mine());
            foreach (var name in Editable)
            {
                if (changes.TryGetValue(name, out var value))
                {
                    entry.Property(name).CurrentValue = value; // fine: mass-assignment
                }
            }
            await _db.SaveChangesAsync();
            return NoContent();
        }

        [HttpPost]
        public async Task<IActionResult> Merge([FromForm] string json)
        {
            Apply(await Mine(), json);
            await _db.SaveChangesAsync();
            return NoContent();
        }

        private static void Apply(Member member, string json)
        {
            JsonConvert.PopulateObject(json, member); // flaw: mass-assignment
        }

        private Task<Member> Mine()
        {
            return _db.Members.SingleAsync(m => m.Login == User.Identity.Name);
        }
    }

    public record JoinForm(string DisplayName, string Phone);

    public class Member
    {
        public int Id { get; set; }
        public string Login { get; set; }
        public string DisplayName { get; set; }
        public string Phone { get; set; }
        public bool IsAdmin { get; set; }
        public decimal Credit { get; set; }
    }

    public class MemberContext : DbContext
    {
        public DbSet<Member> Members { get; set; }
    }
}
