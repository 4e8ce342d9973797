using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Linq;
using System.Web.Http;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using System.Xml.Serialization;
using System.Xml.Xsl;

namespace Fabrikam.Edi
{
    public class EdiController : ApiController
    {
        private static readonly XmlReaderSettings Strict = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        };

        [HttpPost]
        public string Order([FromBody] string xml)
        {
            var doc = new XmlDocument();
            doc.XmlResolver = new XmlUrlResolver();
            doc.Load(new StringReader(xml)); // flaw: xxe
            return doc.DocumentElement.Name;
        }

        [HttpPost]
        public string OrderStrict([FromBody] string xml)
        {
            var doc = new XmlDocument();
            using (var reader = XmlReader.Create(new StringReader(xml), Strict))
            {
                doc.Load(reader); // fine: xxe
            }
            return doc.DocumentElement.Name;
        }

        [HttpPost]
        public int Invoice([FromBody] string xml, bool withEntities)
        {
            var settings = new XmlReaderSettings { IgnoreWhitespace = true };
            if (withEntities)
            {
                settings.DtdProcessing = DtdProcessing.Parse;
                settings.XmlResolver = new XmlUrlResolver { Credentials = null };
            }
            var serializer = new XmlSerializer(typeof(List<string>));
            using (var reader = XmlReader.Create(new StringReader(xml), settings)) // flaw: xxe
            {
                return ((List<string>)serializer.Deserialize(reader)).Count;
            }
        }

        [HttpPost]
        public int InvoiceStrict([FromBody] string xml)
        {
            var serializer = new XmlSerializer(typeof(List<string>));
            using (var reader = XmlReader.Create(new StringReader(xml), Strict)) // fine: xxe
            {
                return ((List<string>)serializer.Deserialize(reader)).Count;
            }
        }

        [HttpPost]
        public string Despatch([FromBody] string xml)
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse };
            settings.XmlResolver = new XmlUrlResolver();
            using (var reader = XmlReader.Create(new StringReader(xml), settings)) // flaw: xxe
            {
                return XDocument.Load(reader).Root.Value;
            }
        }

        [HttpPost]
        public string DespatchStrict([FromBody] string xml)
        {
            var reader = new XmlTextReader(new StringReader(xml)) { DtdProcessing = DtdProcessing.Prohibit }; // fine: xxe
            reader.XmlResolver = null;
            return XDocument.Load(reader).Root.Value;
        }

        [HttpPost]
        public string Fragment([FromBody] string xml)
        {
            return XElement.Parse(xml).Name.LocalName; // fine: xxe
        }

        [HttpPost]
        public string Status([FromBody] string xml)
        {
            return Root(new XmlUrlResolver(), xml);
        }

        private static string Root(XmlResolver resolver, string xml)
        {
            var doc = new XmlDocument { XmlResolver = resolver, PreserveWhitespace = true };
            doc.LoadXml(xml); // flaw: xxe
            return doc.DocumentElement.InnerText;
        }
    }
}
