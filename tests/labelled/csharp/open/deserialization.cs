using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Formatters.Binary;
using System.Text;
using System.Xml.Serialization;
using Microsoft.AspNetCore.Mvc;
using Newtonsoft.Json;

namespace Contoso.State.Controllers
{
    [ApiController]
    [Route("state")]
    public class StateController : ControllerBase
    {
        private static readonly JsonSerializerSettings Plain = new() { TypeNameHandling = TypeNameHandling.None };
        private static readonly JsonSerializerSettings Typed = new() { TypeNameHandling = TypeNameHandling.All };

        [HttpPost("import")]
        public IActionResult Import()
        {
            var formatter = new BinaryFormatter();
            var state = formatter.Deserialize(Request.Body); // flaw: deserialization
            return Ok(state.GetType().Name);
        }

        [HttpPost("json")]
        public IActionResult Json([FromForm] string body)
        {
            var prefs = JsonConvert.DeserializeObject<Preferences>(body, Plain); // fine: deserialization
            return Ok(prefs.Rows);
        }

        [HttpPost("typed")]
        public IActionResult TypedJson([FromForm] string body)
        {
            var value = JsonConvert.DeserializeObject<object>(body, Typed); // flaw: deserialization
            return Ok(value != null);
        }

        [HttpPost("system")]
        public IActionResult SystemJson([FromForm] string body)
        {
            var prefs = System.Text.Json.JsonSerializer.Deserialize<Preferences>(body); // fine: deserialization
            return Ok(prefs?.Rows);
        }

        [HttpGet("cart")]
        public IActionResult Cart()
        {
            var cookie = Request.Cookies["cart"];
            if (string.IsNullOrEmpty(cookie))
            {
                return Ok(0);
            }
            var bytes = Convert.FromBase64String(cookie);
            return Ok(((List<string>)Unpack(bytes)).Count);
        }

        [HttpPost("xml")]
        public IActionResult Xml([FromForm] string type)
        {
            var serializer = new XmlSerializer(Type.GetType(type));
            return Ok(serializer.Deserialize(Request.Body) != null); // flaw: deserialization
        }

        [HttpPost("xml-fixed")]
        public IActionResult XmlFixed()
        {
            var serializer = new XmlSerializer(typeof(Preferences));
            var prefs = (Preferences)serializer.Deserialize(Request.Body); // fine: deserialization
            return Ok(prefs.Rows);
        }

        [HttpPost("contract")]
        public IActionResult Contract()
        {
            var serializer = new DataContractSerializer(typeof(Preferences));
            var prefs = (Preferences)serializer.ReadObject(Request.Body); // fine: deserialization
            return Ok(prefs.Rows);
        }

        private static object Unpack(byte[] data)
        {
            using var stream = new MemoryStream(data);
            var serializer = new NetDataContractSerializer();
            return serializer.Deserialize(stream); // flaw: deserialization
        }
    }

    [DataContract]
    public class Preferences
    {
        [DataMember]
        public int Rows { get; set; }
    }
}
