using System;
using System.IO;
using System.Threading;

namespace Contoso.Store
{
    /// <summary>Runs as a service account; the drop folder is writable by all local users.</summary>
    public class DropFolder
    {
        private const string Drop = "/srv/shared/drop";

        public void Publish(int id, byte[] data)
        {
            var path = Path.Combine(Drop, id + ".dat");
            if (!File.Exists(path))
            {
                File.WriteAllBytes(path, data); // flaw: file-race
            }
        }

        public bool PublishOnce(int id, byte[] data)
        {
            var path = Path.Combine(Drop, id + ".dat");
            try
            {
                using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None); // fine: file-race
                stream.Write(data);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        public byte[] Collect(int number)
        {
            var info = new FileInfo(Path.Combine(Drop, "job-" + number));
            var isLink = info.LinkTarget != null;
            if (isLink || info.Length > 1_000_000)
            {
                throw new IOException("refused");
            }
            using var stream = info.OpenRead(); // flaw: file-race
            var data = new byte[info.Length];
            stream.ReadExactly(data);
            return data;
        }

        public byte[] CollectBounded(int number)
        {
            using var stream = File.OpenRead("/var/lib/contoso/jobs/" + number); // fine: file-race
            if (stream.Length > 1_000_000)
            {
                throw new IOException("refused");
            }
            var data = new byte[stream.Length];
            stream.ReadExactly(data);
            return data;
        }

        public bool Acquire()
        {
            var path = Path.Combine(Drop, ".lock");
            if (File.Exists(path))
            {
                return false;
            }
            Thread.MemoryBarrier();
            File.Create(path).Dispose(); // flaw: file-race
            return true;
        }

        public FileStream AcquireExclusive()
        {
            return new FileStream("/var/lib/contoso/lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); // fine: file-race
        }

        public void Remove(int number)
        {
            File.Delete(Path.Combine(Drop, "job-" + number)); // fine: file-race
        }

        public void Rotate(int number)
        {
            var path = Path.Combine(Drop, "log-" + number);
            if (IsPlain(path))
            {
                Append(path, "rotated");
            }
        }

        private static bool IsPlain(string path)
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0;
        }

        private static void Append(string path, string line)
        {
            File.AppendAllText(path, line + Environment.NewLine); // flaw: file-race
        }
    }
}
