using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Contoso.Jobs
{
    public class ExportJob
    {
        private const string Work = "/var/lib/contoso-export/work";
        private static readonly string Temp = Path.GetTempPath();

        public string WriteCsv(IEnumerable<string> rows)
        {
            var path = "/tmp/contoso-export.csv";
            File.WriteAllLines(path, rows); // flaw: temp-file
            return path;
        }

        public string WriteSheet(IEnumerable<string> rows)
        {
            var folder = Directory.CreateTempSubdirectory("contoso-");
            var path = Path.Combine(folder.FullName, "sheet.csv");
            File.WriteAllLines(path, rows); // fine: temp-file
            return path;
        }

        public async Task<string> StageAsync(string job, byte[] data)
        {
            var name = new StringBuilder("stage-").Append(job.Length).Append('-');
            name.Append(DateTime.UtcNow.ToString("yyyyMMdd")).Append(".bin");
            var path = Path.Combine(Temp, name.ToString());
            await using var stream = File.Create(path); // flaw: temp-file
            await stream.WriteAsync(data);
            return path;
        }

        public async Task<string> StageExclusiveAsync(byte[] data)
        {
            var path = Path.Combine(Temp, Guid.NewGuid().ToString("N"));
            await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None); // fine: temp-file
            await stream.WriteAsync(data);
            return path;
        }

        public string Checkpoint(long position)
        {
            var path = Path.Combine(Work, "checkpoint.txt");
            File.WriteAllText(path, position.ToString()); // fine: temp-file
            return path;
        }

        public string Attachment(byte[] body)
        {
            var path = Path.GetTempFileName(); // fine: temp-file
            File.WriteAllBytes(path, body);
            return path;
        }

        public StreamWriter Trace(int pid, bool shared)
        {
            var folder = Work;
            if (shared)
            {
                folder = "/var/tmp";
            }
            return new StreamWriter(Path.Combine(folder, $"trace-{pid}.log"), append: true); // flaw: temp-file
        }

        public void Lock(int job)
        {
            Write(Path.Combine(Temp, "contoso-job-" + job + ".state"), "running");
        }

        private static void Write(string path, string text)
        {
            File.WriteAllText(path, text); // flaw: temp-file
        }
    }
}
