using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Web;
using System.Web.Http;
using NLog;

namespace Fabrikam.Tracing
{
    public class TraceController : ApiController
    {
        private static readonly Logger Log = LogManager.GetCurrentClassLogger();
        private const string AuditFile = "/var/log/fabrikam/audit.log";

        [HttpPost]
        public void Open(string document)
        {
            Log.Info("opened " + document); // flaw: log-injection
        }

        [HttpPost]
        public void OpenById(Guid id)
        {
            Log.Info("opened {0}", id); // fine: log-injection
        }

        [HttpPost]
        public void Search(string term)
        {
            Trace.TraceInformation("search {0}", HttpUtility.UrlEncode(term)); // fine: log-injection
        }

        [HttpPost]
        public void Failed(string account)
        {
            var reason = "unknown";
            if (account != null && account.Length > 40)
            {
                reason = "too long";
            }
            var message = string.Format("sign-in failed ({0}) account={1}", reason, account);
            Trace.TraceWarning(message); // flaw: log-injection
        }

        [HttpPost]
        public void Device()
        {
            var device = Request.Headers.UserAgent.ToString();
            var shown = new StringBuilder();
            foreach (var c in device)
            {
                shown.Append(char.IsLetterOrDigit(c) ? c : '.');
            }
            Log.Debug("device " + shown); // fine: log-injection
        }

        [HttpPost]
        public int Batch([FromBody] List<string> lines)
        {
            var accepted = 0;
            foreach (var line in lines.Where(l => l.Length > 0))
            {
                accepted++;
                File.AppendAllText(AuditFile, accepted + " " + line + Environment.NewLine); // flaw: log-injection
            }
            Log.Info("accepted {0} lines", accepted); // fine: log-injection
            return accepted;
        }

        [HttpPost]
        public void Rate(int stars, bool anonymous)
        {
            Log.Warn($"rated {stars} anonymous={anonymous}"); // fine: log-injection
        }

        [HttpPost]
        public void Payment([FromBody] Dictionary<string, string> body)
        {
            var audit = new Audit();
            audit.Add("ref", body["reference"]);
            audit.Add("cents", body["cents"]);
            audit.Flush();
        }

        private sealed class Audit
        {
            private string _line = "payment";

            public void Add(string key, string value)
            {
                _line += " " + key + "=" + value;
            }

            public void Flush()
            {
                Log.Info(_line); // flaw: log-injection
            }
        }
    }
}
