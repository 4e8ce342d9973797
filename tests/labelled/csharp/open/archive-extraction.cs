using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using ICSharpCode.SharpZipLib.Zip;

namespace Contoso.Imports
{
    public class ArchiveImporter
    {
        private const int MaxEntries = 2000;

        public void Unzip(Stream upload, string target)
        {
            using var zip = new ZipArchive(upload, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries)
            {
                entry.ExtractToFile(Path.Combine(target, entry.FullName)); // flaw: archive-extraction
            }
        }

        public void UnzipChecked(Stream upload, string target)
        {
            var root = Path.GetFullPath(target + Path.DirectorySeparatorChar);
            using var zip = new ZipArchive(upload, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Take(MaxEntries))
            {
                var path = Path.GetFullPath(Path.Combine(root, entry.FullName));
                if (!path.StartsWith(root, StringComparison.Ordinal))
                {
                    throw new InvalidDataException("entry outside target");
                }
                if (entry.Name.Length > 0)
                {
                    entry.ExtractToFile(path); // fine: archive-extraction
                }
            }
        }

        public void Untar(Stream upload, string target)
        {
            using var tar = new TarReader(upload);
            TarEntry entry;
            while ((entry = tar.GetNextEntry()) != null)
            {
                var name = entry.Name;
                if (name.StartsWith("./"))
                {
                    name = name.Substring(2);
                }
                var path = target + "/" + name;
                if (entry.EntryType is TarEntryType.RegularFile)
                {
                    entry.ExtractToFile(path, overwrite: true); // flaw: archive-extraction
                }
            }
        }

        public void Builtin(string archive, string target)
        {
            System.IO.Compression.ZipFile.ExtractToDirectory(archive, target); // fine: archive-extraction
        }

        public void Flatten(Stream upload, string target)
        {
            using var zip = new ZipArchive(upload, ZipArchiveMode.Read);
            var index = 0;
            foreach (var entry in zip.Entries.Take(MaxEntries))
            {
                entry.ExtractToFile(Path.Combine(target, $"part-{index++}.dat")); // fine: archive-extraction
            }
        }

        public void Images(ZipArchive zip, string target)
        {
            foreach (var entry in zip.Entries.Take(MaxEntries))
            {
                var name = Path.GetFileName(entry.FullName);
                if (name.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                {
                    entry.ExtractToFile(Path.Combine(target, "img-" + name)); // fine: archive-extraction
                }
            }
        }

        public void Sharp(Stream upload, string target)
        {
            using var zip = new ZipInputStream(upload);
            ZipEntry entry;
            while ((entry = zip.GetNextEntry()) != null)
            {
                if (!entry.IsFile)
                {
                    Directory.CreateDirectory(Path.Combine(target, entry.Name)); // flaw: archive-extraction
                    continue;
                }
                Store(zip, target, entry.Name);
            }
        }

        private static void Store(Stream source, string folder, string name)
        {
            var path = Path.Join(folder, name);
            using var output = File.OpenWrite(path); // flaw: archive-extraction
            source.CopyTo(output);
        }
    }
}
