using System.Collections.Generic;
using System.IO;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Contoso.Deploy
{
    public class Installer
    {
        private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

        private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        public void InstallScript(string path)
        {
            File.SetUnixFileMode(path, Open); // flaw: permissions
        }

        public void InstallSecret(string path)
        {
            File.SetUnixFileMode(path, Owner); // fine: permissions
        }

        public void InstallProgram(string path)
        {
            File.SetUnixFileMode(path, Owner | UnixFileMode.UserExecute | UnixFileMode.GroupRead // fine: permissions
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        public DirectoryInfo Spool(string path)
        {
            return Directory.CreateDirectory(path, (UnixFileMode)0x1FF); // flaw: permissions
        }

        public void ShareFolder(string path)
        {
            var info = new DirectoryInfo(path);
            var security = info.GetAccessControl();
            var everyone = new SecurityIdentifier(WellKnownSidType.WorldSid, null);
            security.AddAccessRule(new FileSystemAccessRule(everyone, FileSystemRights.FullControl, AccessControlType.Allow)); // flaw: permissions
            info.SetAccessControl(security);
        }

        public void PublishFolder(string path)
        {
            var info = new DirectoryInfo(path);
            var security = info.GetAccessControl();
            var everyone = new SecurityIdentifier(WellKnownSidType.WorldSid, null);
            security.AddAccessRule(new FileSystemAccessRule(everyone, FileSystemRights.Read, AccessControlType.Allow)); // fine: permissions
            security.AddAccessRule(new FileSystemAccessRule(everyone, FileSystemRights.Write, AccessControlType.Deny)); // fine: permissions
            info.SetAccessControl(security);
        }

        public FileStream Queue(string path, bool shared)
        {
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            if (shared)
            {
                mode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            }
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            options.UnixCreateMode = mode; // flaw: permissions
            return new FileStream(path, options);
        }

        public bool TooOpen(string path)
        {
            return (File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0; // fine: permissions
        }

        public void Plugins(IEnumerable<string> paths)
        {
            foreach (var path in paths)
            {
                Grant(path, "Everyone");
            }
        }

        private static void Grant(string path, string account)
        {
            var info = new FileInfo(path);
            var security = info.GetAccessControl();
            security.AddAccessRule(new FileSystemAccessRule(account, FileSystemRights.Modify, AccessControlType.Allow)); // flaw: permissions
            info.SetAccessControl(security);
        }
    }
}
