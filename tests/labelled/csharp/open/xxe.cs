using System.IO;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using System.Xml.XPath;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Feeds.Controllers
{
    [ApiController]
    [Route("feed")]
    public class FeedController : ControllerBase
    {
        private const string Sample = "<feed><title>sample</title></feed>";

        [HttpPost("document")]
        public IActionResult Document([FromForm] string xml)
        {
            var doc = new XmlDocument { XmlResolver = new XmlUrlResolver() };
            doc.LoadXml(xml); // flaw: xxe
            return Ok(doc.DocumentElement.InnerText);
        }

        [HttpPost("document2")]
        public IActionResult StrictDocument([FromForm] string xml)
        {
            var doc = new XmlDocument { XmlResolver = null };
            doc.LoadXml(xml); // fine: xxe
            return Ok(doc.DocumentElement.InnerText);
        }

        [HttpPost("reader")]
        public IActionResult Reader()
        {
            var settings = new XmlReaderSettings();
            settings.IgnoreComments = true;
            settings.DtdProcessing = DtdProcessing.Parse;
            settings.XmlResolver = new XmlUrlResolver();
            settings.Async = false;
            using var reader = XmlReader.Create(Request.Body, settings); // flaw: xxe
            reader.MoveToContent();
            return Ok(reader.ReadElementContentAsString());
        }

        [HttpPost("reader2")]
        public IActionResult StrictReader()
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(Request.Body, settings); // fine: xxe
            reader.MoveToContent();
            return Ok(reader.ReadElementContentAsString());
        }

        [HttpPost("text")]
        public IActionResult Text([FromForm] string xml)
        {
            return Ok(First(new StringReader(xml), resolve: true));
        }

        [HttpPost("linq")]
        public IActionResult Linq([FromForm] string xml)
        {
            return Ok(XDocument.Parse(xml).Root?.Value); // fine: xxe
        }

        [HttpPost("xpath")]
        public IActionResult XPath([FromForm] string xml)
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Parse,
                XmlResolver = new XmlUrlResolver(),
                MaxCharactersFromEntities = 0,
            };
            var doc = new XPathDocument(XmlReader.Create(new StringReader(xml), settings)); // flaw: xxe
            return Ok(doc.CreateNavigator().Value);
        }

        [HttpPost("ignore")]
        public IActionResult Ignore([FromForm] string xml)
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore };
            var doc = new XPathDocument(XmlReader.Create(new StringReader(xml), settings)); // fine: xxe
            return Ok(doc.CreateNavigator().Value);
        }

        public string Title()
        {
            var doc = new XmlDocument { XmlResolver = new XmlUrlResolver() };
            doc.LoadXml(Sample); // fine: xxe
            return doc.DocumentElement.InnerText;
        }

        private static string First(TextReader text, bool resolve)
        {
            var reader = new XmlTextReader(text) { DtdProcessing = DtdProcessing.Parse }; // flaw: xxe
            if (resolve)
            {
                reader.XmlResolver = new XmlUrlResolver();
            }
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Text)
                {
                    return reader.Value;
                }
            }
            return string.Empty;
        }
    }
}
