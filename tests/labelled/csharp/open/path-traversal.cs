using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Contoso.Files.Controllers
{
    [ApiController]
    [Route("documents")]
    public class DocumentsController : ControllerBase
    {
        private const string Root = "/srv/documents";
        private static readonly Dictionary<string, string> Manuals = new() { ["setup"] = "setup.pdf", ["ops"] = "ops.pdf" };

        [HttpGet("raw")]
        public IActionResult Raw(string name)
        {
            return File(System.IO.File.ReadAllBytes(Root + "/" + name), "application/octet-stream"); // flaw: path-traversal
        }

        [HttpGet("checked")]
        public IActionResult Checked(string name)
        {
            var full = Path.GetFullPath(Path.Combine(Root, name));
            if (!full.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return Forbid();
            }
            return PhysicalFile(full, "application/octet-stream"); // fine: path-traversal
        }

        [HttpGet("manual")]
        public IActionResult Manual(string topic)
        {
            if (!Manuals.TryGetValue(topic ?? "", out var file))
            {
                return NotFound();
            }
            return PhysicalFile(Path.Combine(Root, file), "application/pdf"); // fine: path-traversal
        }

        [HttpGet("report")]
        public IActionResult Report(int year, string team)
        {
            var parts = new List<string> { Root, "reports" };
            if (!string.IsNullOrEmpty(team))
            {
                parts.Add(team);
            }
            parts.Add(year + ".pdf");
            var path = Path.Combine(parts.ToArray());
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read); // flaw: path-traversal
            return Ok(stream.Length);
        }

        [HttpPost("upload")]
        public async Task<IActionResult> Upload(IFormFile file)
        {
            var target = Path.Combine("/srv/uploads", file.FileName);
            await using var stream = System.IO.File.Create(target); // flaw: path-traversal
            await file.CopyToAsync(stream);
            return NoContent();
        }

        [HttpPost("attach")]
        public async Task<IActionResult> Attach(IFormFile file)
        {
            var stored = Guid.NewGuid().ToString("N") + ".bin";
            await using var stream = System.IO.File.Create(Path.Combine("/srv/uploads", stored)); // fine: path-traversal
            await file.CopyToAsync(stream);
            return Ok(new { id = stored });
        }

        [HttpGet("invoice/{id:long}")]
        public IActionResult Invoice(long id)
        {
            return PhysicalFile($"/srv/invoices/inv-{id}.pdf", "application/pdf"); // fine: path-traversal
        }

        [HttpGet("scan")]
        public IActionResult Scan(string name)
        {
            var leaf = Path.GetFileName(name);
            var path = Path.Combine("/srv/scans", "scan-" + leaf);
            return Ok(System.IO.File.Exists(path) ? new FileInfo(path).Length : 0); // fine: path-traversal
        }

        [HttpDelete]
        public IActionResult Delete(string folder, string name)
        {
            Remove(string.Join("/", folder, name));
            return NoContent();
        }

        private static void Remove(string relative)
        {
            var path = Path.Combine(Root, relative);
            System.IO.File.Delete(path); // flaw: path-traversal
        }
    }
}
