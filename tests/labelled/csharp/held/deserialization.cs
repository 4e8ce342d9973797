using System;
using System.Collections.Generic;
using System.IO;
using System.Messaging;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Formatters.Soap;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Web.Script.Serialization;
using System.Web.UI;
using System.Windows.Markup;
using MessagePack;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using ProtoBuf;
using YamlDotNet.Serialization;

namespace Fabrikam.Queue
{
    public class WorkListener
    {
        private readonly MessageQueue _queue;

        public WorkListener(MessageQueue queue)
        {
            _queue = queue;
        }

        public void Pump()
        {
            _queue.Formatter = new BinaryMessageFormatter();
            var job = (Job)_queue.Receive().Body; // flaw: deserialization
            job.Run();
        }

        public void PumpXml()
        {
            _queue.Formatter = new XmlMessageFormatter(new[] { typeof(Job) });
            var job = (Job)_queue.Receive().Body; // fine: deserialization
            job.Run();
        }

        public object FromSoap(Stream request)
        {
            var formatter = new SoapFormatter();
            return formatter.Deserialize(request); // flaw: deserialization
        }

        public Job FromProto(Stream request)
        {
            return Serializer.Deserialize<Job>(request); // fine: deserialization
        }

        public Job FromJson(string body, bool polymorphic)
        {
            var settings = new JsonSerializerSettings { MaxDepth = 16 };
            if (polymorphic)
            {
                settings.TypeNameHandling = TypeNameHandling.Auto;
            }
            return JsonConvert.DeserializeObject<Job>(body, settings); // flaw: deserialization
        }

        public Job FromBoundJson(string body)
        {
            var settings = new JsonSerializerSettings
            {
                TypeNameHandling = TypeNameHandling.Objects,
                SerializationBinder = new JobBinder(),
            };
            return JsonConvert.DeserializeObject<Job>(body, settings); // fine: deserialization
        }

        public Job FromContract(Stream request)
        {
            return (Job)new DataContractJsonSerializer(typeof(Job)).ReadObject(request); // fine: deserialization
        }

        public Job FromYaml(string text)
        {
            return new DeserializerBuilder().Build().Deserialize<Job>(text); // fine: deserialization
        }

        public object FromViewState(string text)
        {
            return new LosFormatter().Deserialize(text); // flaw: deserialization
        }

        public object FromScript(string text)
        {
            var serializer = new JavaScriptSerializer(new SimpleTypeResolver());
            return Read(serializer, text.Trim());
        }

        private static object Read(JavaScriptSerializer serializer, string text)
        {
            return serializer.DeserializeObject(text); // flaw: deserialization
        }

        private sealed class JobBinder : ISerializationBinder
        {
            public Type BindToType(string assemblyName, string typeName)
            {
                return typeName == "Job" ? typeof(Job) : throw new JsonSerializationException("type");
            }

            public void BindToName(Type serializedType, out string assemblyName, out string typeName)
            {
                assemblyName = null;
                typeName = "Job";
            }
        }
    }

    [DataContract]
    [ProtoContract]
    public class Job
    {
        [DataMember]
        [ProtoMember(1)]
        public int Priority { get; set; }

        public object Payload { get; set; }

        public void Run()
        {
            Priority++;
        }
    }
}
