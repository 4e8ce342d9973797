using System.Collections.Generic;
using System.DirectoryServices;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Directory.Controllers
{
    [ApiController]
    [Route("people")]
    public class PeopleController : ControllerBase
    {
        private const string Root = "LDAP://dc01.contoso.com/OU=People,DC=contoso,DC=com";
        private static readonly HashSet<string> Departments = new() { "Sales", "Legal", "IT" };

        [HttpGet("find")]
        public IActionResult Find(string login)
        {
            using var entry = new DirectoryEntry(Root);
            using var searcher = new DirectorySearcher(entry, "(sAMAccountName=" + login + ")"); // flaw: ldap-injection
            return Ok(searcher.FindAll().Count);
        }

        [HttpGet("department")]
        public IActionResult Department(string name)
        {
            if (!Departments.Contains(name))
            {
                return NotFound();
            }
            using var entry = new DirectoryEntry(Root);
            using var searcher = new DirectorySearcher(entry, "(department=" + name + ")"); // fine: ldap-injection
            return Ok(searcher.FindAll().Count);
        }

        [HttpGet("advanced")]
        public IActionResult Advanced(string surname, string city)
        {
            var filter = new StringBuilder("(&(objectClass=user)");
            if (surname != null)
            {
                filter.AppendFormat("(sn={0}*)", surname);
            }
            if (city != null)
            {
                filter.Append("(l=").Append(city).Append(')');
            }
            filter.Append(')');
            using var searcher = new DirectorySearcher(new DirectoryEntry(Root));
            searcher.Filter = filter.ToString(); // flaw: ldap-injection
            return Ok(searcher.FindAll().Count);
        }

        [HttpGet("escaped")]
        public IActionResult Escaped(string surname)
        {
            using var searcher = new DirectorySearcher(new DirectoryEntry(Root));
            searcher.Filter = $"(&(objectClass=user)(sn={Escape(surname)}))"; // fine: ldap-injection
            return Ok(searcher.FindAll().Count);
        }

        [HttpGet("badge")]
        public IActionResult Badge(string badge)
        {
            var number = int.Parse(badge, CultureInfo.InvariantCulture);
            using var searcher = new DirectorySearcher(new DirectoryEntry(Root));
            searcher.Filter = "(employeeNumber=" + number + ")"; // fine: ldap-injection
            return Ok(searcher.FindOne() != null);
        }

        [HttpGet("room")]
        public IActionResult Room(string room)
        {
            var letters = new string(room.Where(char.IsLetterOrDigit).ToArray());
            using var searcher = new DirectorySearcher(new DirectoryEntry(Root));
            searcher.Filter = "(roomNumber=" + letters + ")"; // fine: ldap-injection
            return Ok(searcher.FindAll().Count);
        }

        [HttpGet("entry")]
        public IActionResult Entry(string cn)
        {
            var path = "LDAP://dc01.contoso.com/CN=" + cn + ",OU=People,DC=contoso,DC=com";
            using var entry = new DirectoryEntry(path); // flaw: ldap-injection
            return Ok(entry.SchemaClassName);
        }

        [HttpGet("members")]
        public IActionResult Members(string group)
        {
            var criteria = new Criteria { Text = "(memberOf=CN=" + group + ",OU=Groups,DC=contoso,DC=com)" };
            return Ok(Count(criteria));
        }

        private static int Count(Criteria criteria)
        {
            using var searcher = new DirectorySearcher { SearchRoot = new DirectoryEntry(Root) };
            searcher.Filter = "(&(objectClass=user)" + criteria.Text + ")"; // flaw: ldap-injection
            return searcher.FindAll().Count;
        }

        private static string Escape(string value)
        {
            var sb = new StringBuilder();
            foreach (var c in value)
            {
                sb.Append(c is '\\' or '*' or '(' or ')' or '\0' ? "\\" + ((int)c).ToString("x2") : c.ToString());
            }
            return sb.ToString();
        }

        private sealed class Criteria
        {
            public string Text { get; set; }
        }
    }
}
