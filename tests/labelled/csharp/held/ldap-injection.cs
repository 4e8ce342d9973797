using System;
using System.Collections.Generic;
using System.DirectoryServices.AccountManagement;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Net;
using System.Web.Http;
using Microsoft.Security.Application;
using Novell.Directory.Ldap;
using LdapConnection = System.DirectoryServices.Protocols.LdapConnection;

namespace Fabrikam.Sso
{
    public class DirectoryController : ApiController
    {
        private const string Base = "dc=fabrikam,dc=com";
        private readonly LdapConnection _connection;
        private readonly Novell.Directory.Ldap.LdapConnection _novell;

        public DirectoryController(LdapConnection connection, Novell.Directory.Ldap.LdapConnection novell)
        {
            _connection = connection;
            _novell = novell;
        }

        [HttpGet]
        public int ByMail(string mail)
        {
            var request = new SearchRequest(Base, "(mail=" + mail + ")", SearchScope.Subtree, "cn"); // flaw: ldap-injection
            return ((SearchResponse)_connection.SendRequest(request)).Entries.Count;
        }

        [HttpGet]
        public int ByPhone(string phone)
        {
            var encoded = Encoder.LdapFilterEncode(phone);
            var request = new SearchRequest(Base, "(telephoneNumber=" + encoded + ")", SearchScope.Subtree, "cn"); // fine: ldap-injection
            return ((SearchResponse)_connection.SendRequest(request)).Entries.Count;
        }

        [HttpGet]
        public bool ByPrincipal(string name)
        {
            using (var context = new PrincipalContext(ContextType.Domain, "fabrikam.com"))
            {
                return UserPrincipal.FindByIdentity(context, IdentityType.SamAccountName, name) != null; // fine: ldap-injection
            }
        }

        [HttpGet]
        public int Groups([FromUri] string[] members, string kind)
        {
            var terms = new Dictionary<string, string> { ["objectClass"] = "groupOfNames" };
            if (kind != null)
            {
                terms["businessCategory"] = kind;
            }
            var filter = "(&" + string.Concat(terms.Select(t => "(" + t.Key + "=" + t.Value + ")"));
            foreach (var member in members)
            {
                filter += "(memberUid=" + member + ")";
            }
            var request = new SearchRequest { DistinguishedName = Base, Scope = SearchScope.Subtree };
            request.Filter = filter + ")"; // flaw: ldap-injection
            return ((SearchResponse)_connection.SendRequest(request)).Entries.Count;
        }

        [HttpGet]
        public int Floor(int floor)
        {
            var request = new SearchRequest(Base, $"(&(objectClass=room)(floor={floor}))", SearchScope.Subtree); // fine: ldap-injection
            return ((SearchResponse)_connection.SendRequest(request)).Entries.Count;
        }

        [HttpPost]
        public void SignIn([FromBody] NetworkCredential credential)
        {
            var dn = string.Format("uid={0},ou=staff,{1}", credential.UserName, Base);
            _novell.Bind(dn, credential.Password); // flaw: ldap-injection
        }

        [HttpGet]
        public bool Device(string id)
        {
            Guid parsed;
            if (!Guid.TryParse(id, out parsed))
            {
                return false;
            }
            var hits = _novell.Search(Base, 2, "(deviceId=" + parsed + ")", new[] { "cn" }, false); // fine: ldap-injection
            return hits.HasMore();
        }

        [HttpGet]
        public bool Manager(string id)
        {
            return Exists("(&(objectClass=person)(manager=uid=" + id + "," + Base + "))");
        }

        private bool Exists(string filter)
        {
            var hits = _novell.Search(Base, 2, filter, new[] { "cn" }, false); // flaw: ldap-injection
            return hits.HasMore();
        }
    }
}
