using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.IO.Packaging;
using System.Linq;
using ICSharpCode.SharpZipLib.Tar;
using SharpCompress.Archives;
using SharpCompress.Archives.Rar;
using SharpCompress.Common;
using SharpCompress.Readers;

namespace Fabrikam.Themes
{
    public class ThemeInstaller
    {
        private static readonly Dictionary<string, string> Known = new() { ["theme.css"] = "main.css", ["logo.png"] = "logo.png" };
        private readonly string _themes;

        public ThemeInstaller(string themes)
        {
            _themes = Path.GetFullPath(themes);
        }

        public void Rar(Stream upload)
        {
            using var archive = RarArchive.Open(upload);
            foreach (var entry in archive.Entries.Where(e => !e.IsDirectory))
            {
                entry.WriteToFile(Path.Combine(_themes, entry.Key)); // flaw: archive-extraction
            }
        }

        public void KnownOnly(Stream upload)
        {
            using var archive = ArchiveFactory.Open(upload);
            foreach (var entry in archive.Entries)
            {
                if (Known.TryGetValue(entry.Key, out var mapped))
                {
                    entry.WriteToFile(Path.Combine(_themes, mapped)); // fine: archive-extraction
                }
            }
        }

        public void Tar(Stream upload)
        {
            using var tar = new TarInputStream(upload, System.Text.Encoding.UTF8);
            var entry = tar.GetNextEntry();
            while (entry != null)
            {
                var name = entry.Name.Replace('\\', '/');
                var target = string.Concat(_themes, "/", name);
                if (!entry.IsDirectory)
                {
                    using var output = File.Create(target); // flaw: archive-extraction
                    tar.CopyEntryContents(output);
                }
                entry = tar.GetNextEntry();
            }
        }

        public void Single(ZipArchive zip)
        {
            var css = zip.GetEntry("theme.css");
            css?.ExtractToFile(Path.Combine(_themes, "main.css"), true); // fine: archive-extraction
        }

        public void Generic(Stream upload)
        {
            using var reader = ReaderFactory.Open(upload);
            while (reader.MoveToNextEntry())
            {
                var target = Inside(reader.Entry.Key);
                if (target != null && !reader.Entry.IsDirectory)
                {
                    reader.WriteEntryToFile(target); // fine: archive-extraction
                }
            }
        }

        public void Prefix(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
            {
                var target = Path.Combine(_themes, entry.FullName);
                if (target.StartsWith(_themes))
                {
                    entry.ExtractToFile(target); // flaw: archive-extraction
                }
            }
        }

        public void Fonts(ZipArchive zip)
        {
            foreach (var entry in zip.Entries)
            {
                if (entry.Name.Length == 0 || entry.Name != entry.FullName || entry.Name.IndexOfAny(new[] { '/', '\\', ':' }) >= 0)
                {
                    continue;
                }
                entry.ExtractToFile(Path.Combine(_themes, "font-" + entry.Name)); // fine: archive-extraction
            }
        }

        public void Preview(ZipArchive zip)
        {
            foreach (var entry in zip.Entries.Take(1))
            {
                new Slot("/srv/previews", entry.FullName).Fill(entry.Open());
            }
        }

        private string Inside(string name)
        {
            var target = Path.GetFullPath(Path.Combine(_themes, name));
            return target.StartsWith(_themes + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? target : null;
        }

        private sealed record Slot(string Folder, string Name)
        {
            public void Fill(Stream source)
            {
                using var output = new FileStream(Path.Combine(Folder, Name), FileMode.Create); // flaw: archive-extraction
                source.CopyTo(output);
            }
        }
    }
}
