using System;
using System.CodeDom.Compiler;
using System.Collections.Generic;
using System.IO;
using System.IO.IsolatedStorage;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using SixLabors.ImageSharp;

namespace Fabrikam.Render
{
    public class RenderScratch
    {
        private const string Shared = "/var/tmp";
        private const string Cache = "/opt/fabrikam/cache";
        private int _counter;

        public void Palette(string[] colors)
        {
            File.WriteAllText("/tmp/palette.json", JsonSerializer.Serialize(colors)); // flaw: temp-file
        }

        public string Frame(byte[] frame)
        {
            var path = Path.GetTempFileName(); // fine: temp-file
            using var stream = File.Open(path, FileMode.Truncate);
            stream.Write(frame);
            return path;
        }

        public string Nightly(XDocument report)
        {
            var path = Shared + "/nightly-" + DateTime.Today.ToString("yyyyMMdd");
            path += "-" + (++_counter) + ".xml";
            report.Save(path); // flaw: temp-file
            return path;
        }

        public void Slot(XDocument report, int slot)
        {
            report.Save(Path.Combine(Cache, $"slot-{slot}.xml")); // fine: temp-file
        }

        public Stream Isolated(string name)
        {
            var store = IsolatedStorageFile.GetUserStoreForAssembly();
            return store.CreateFile(name.Length + ".dat"); // fine: temp-file
        }

        public string WorkFolder(string user)
        {
            var folder = new DirectoryInfo(Path.Combine(Path.GetTempPath(), "render-" + user.Length));
            folder.Create(); // flaw: temp-file
            return folder.FullName;
        }

        public string Scratch(Image image)
        {
            var folder = Directory.CreateTempSubdirectory();
            var path = Path.Combine(folder.FullName, "0.png");
            image.SaveAsPng(path); // fine: temp-file
            return path;
        }

        public void Pid()
        {
            new Marker("fabrikam-render.pid").Write(Environment.ProcessId.ToString());
        }

        private sealed class Marker
        {
            private readonly string _path;

            public Marker(string name)
            {
                _path = Path.Combine(Path.GetTempPath(), name);
            }

            public void Write(string text)
            {
                using var writer = new StreamWriter(_path); // flaw: temp-file
                writer.WriteLine(text);
            }
        }
    }
}
