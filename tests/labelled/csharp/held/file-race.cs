using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Fabrikam.Spool
{
    /// <summary>Privileged spooler; every local user can write below the spool folder.</summary>
    public class PrintSpooler
    {
        private const string Spool = "/var/spool/fabrikam";
        private const string State = "/var/lib/fabrikam/state";

        public string[] Read(int job)
        {
            var path = Spool + "/job" + job;
            if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
            {
                return Array.Empty<string>();
            }
            return File.ReadAllLines(path); // flaw: file-race
        }

        public string[] ReadOwn(int job)
        {
            var path = Path.Combine(State, "job" + job);
            try
            {
                return File.ReadAllLines(path); // fine: file-race
            }
            catch (FileNotFoundException)
            {
                return Array.Empty<string>();
            }
        }

        public void Status(int job, string text)
        {
            var info = new FileInfo(Path.Combine(Spool, "status" + job));
            var fresh = !info.Exists;
            var line = fresh ? "first " + text : text;
            if (fresh)
            {
                using var writer = info.CreateText(); // flaw: file-race
                writer.WriteLine(line);
            }
        }

        public void StatusOnce(int job, string text)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            using var writer = new StreamWriter(Path.Combine(Spool, "status" + job), options); // fine: file-race
            writer.WriteLine(text);
        }

        public void MakeReadable()
        {
            foreach (var path in Directory.EnumerateFiles(Spool))
            {
                if (new FileInfo(path).LinkTarget != null)
                {
                    continue;
                }
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead); // flaw: file-race
            }
        }

        public void MakeHandleReadable(SafeFileHandle handle)
        {
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite); // fine: file-race
        }

        public void Replace(string staged)
        {
            File.Move(Path.Combine(State, staged.Length + ".new"), Path.Combine(State, "current"), overwrite: true); // fine: file-race
        }

        public void Drop(int job)
        {
            File.Delete(Path.Combine(Spool, "job" + job)); // fine: file-race
        }

        public void Purge(int job)
        {
            var path = Path.Combine(Spool, "log" + job);
            if (Small(path) || File.ResolveLinkTarget(path, false) != null)
            {
                return;
            }
            Shrink(path);
        }

        private static bool Small(string path)
        {
            return new FileInfo(path).Length < 1_000_000;
        }

        private static void Shrink(string path)
        {
            using var stream = File.Open(path, FileMode.Truncate); // flaw: file-race
        }
    }
}
