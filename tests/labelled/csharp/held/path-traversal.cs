using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Web;
using System.Web.Hosting;
using System.Web.UI;
using Microsoft.Extensions.FileProviders;

namespace Fabrikam.Gallery
{
    public enum Album
    {
        Travel,
        Family,
    }

    public class GalleryPage : Page
    {
        private const string Store = @"D:\gallery";
        private static readonly string[] Captions = { "en.txt", "es.txt", "nl.txt" };
        private readonly PhysicalFileProvider _provider = new PhysicalFileProvider(Store);

        protected void Picture()
        {
            Response.ContentType = "image/png";
            Response.TransmitFile(Store + "\\" + Request.QueryString["file"]); // flaw: path-traversal
        }

        protected void Caption()
        {
            var index = Array.IndexOf(Captions, Request.QueryString["lang"]);
            var name = index < 0 ? Captions[0] : Captions[index];
            Response.ContentType = "text/plain";
            Response.WriteFile(Path.Combine(Store, name)); // fine: path-traversal
        }

        protected int AlbumSize()
        {
            var album = (Album)Enum.Parse(typeof(Album), Request.QueryString["album"]);
            return Directory.GetFiles(Path.Combine(Store, album.ToString())).Length; // fine: path-traversal
        }

        protected void Upload()
        {
            foreach (string key in Request.Files)
            {
                var file = Request.Files[key];
                var folder = Request.Form["folder"];
                var target = Store;
                if (!string.IsNullOrEmpty(folder))
                {
                    target = Path.Combine(target, folder);
                }
                file.SaveAs(target + @"\upload.png"); // flaw: path-traversal
            }
        }

        protected void Scan(HttpPostedFile file)
        {
            var name = Path.GetFileNameWithoutExtension(file.FileName);
            var letters = new string(name.Where(char.IsLetterOrDigit).ToArray());
            file.SaveAs(Path.Combine(Store, "scans", letters + ".png")); // fine: path-traversal
        }

        protected long Provided()
        {
            return _provider.GetFileInfo(Request.QueryString["file"]).Length; // fine: path-traversal
        }

        protected long Exif()
        {
            var name = Request.QueryString["pic"].Replace("..\\", "");
            var info = new FileInfo(Path.Combine(Store, name));
            using (var stream = info.OpenRead()) // flaw: path-traversal
            {
                return stream.Length;
            }
        }

        protected bool Rooted(string name)
        {
            var root = Path.GetFullPath(Store) + Path.DirectorySeparatorChar;
            var full = new Uri(Path.Combine(root, name)).LocalPath;
            full = Path.GetFullPath(full);
            return full.StartsWith(root, StringComparison.OrdinalIgnoreCase) && File.Exists(full); // fine: path-traversal
        }

        protected void Note()
        {
            var entry = new Entry { Location = Path.Combine(@"D:\notes", Request.Form["note"]) };
            Trace.Write(entry.Load().Length.ToString());
        }

        private sealed class Entry
        {
            public string Location { get; set; }

            public string Load()
            {
                return File.ReadAllText(Location); // flaw: path-traversal
            }
        }
    }
}
