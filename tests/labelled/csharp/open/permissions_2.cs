using System;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.IO.Pipes;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32;
using Mono.Unix;
using Mono.Unix.Native;

namespace Fabrikam.Provision
{
    public class Provisioner
    {
        private static readonly Dictionary<string, uint> Modes = new()
        {
            ["log"] = 0x1A0,
            ["drop"] = 0x1FF,
        };

        [DllImport("libc", SetLastError = true)]
        private static extern int chmod(string path, uint mode);

        public void DropBox(string path)
        {
            chmod(path, Modes["drop"]); // flaw: permissions
        }

        public void Log(string path)
        {
            chmod(path, Modes["log"]); // fine: permissions
        }

        public void Queue(string path)
        {
            Syscall.chmod(path, FilePermissions.ALLPERMS); // flaw: permissions
        }

        public void OwnQueue(string path)
        {
            Syscall.chmod(path, FilePermissions.S_IRWXU | FilePermissions.S_IRGRP); // fine: permissions
        }

        public void Socket(string path, bool everybody)
        {
            var info = new UnixFileInfo(path);
            var access = FileAccessPermissions.UserReadWriteExecute;
            if (everybody)
            {
                access |= FileAccessPermissions.OtherReadWriteExecute;
            }
            info.FileAccessPermissions = access; // flaw: permissions
        }

        public void Tool(string path)
        {
            var info = new UnixFileInfo(path);
            info.FileAccessPermissions = FileAccessPermissions.UserReadWriteExecute // fine: permissions
                | FileAccessPermissions.GroupRead | FileAccessPermissions.OtherRead | FileAccessPermissions.OtherExecute;
        }

        public FileSecurity Plugins()
        {
            var security = new FileSecurity();
            security.SetSecurityDescriptorSddlForm("D:(A;;FA;;;WD)"); // flaw: permissions
            return security;
        }

        public FileSecurity Private(SecurityIdentifier owner)
        {
            var security = new FileSecurity();
            security.SetAccessRuleProtection(true, false);
            security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, AccessControlType.Allow)); // fine: permissions
            return security;
        }

        public void Tighten(string path)
        {
            var mode = File.GetUnixFileMode(path);
            mode &= ~(UnixFileMode.OtherWrite | UnixFileMode.GroupWrite);
            File.SetUnixFileMode(path, mode); // fine: permissions
        }

        public void Share(IEnumerable<string> folders)
        {
            foreach (var folder in folders.Where(Directory.Exists))
            {
                Grant(new DirectoryInfo(folder), WellKnownSidType.AuthenticatedUserSid);
                Grant(new DirectoryInfo(folder), WellKnownSidType.WorldSid);
            }
        }

        private static void Grant(DirectoryInfo folder, WellKnownSidType kind)
        {
            var security = folder.GetAccessControl();
            var rule = new FileSystemAccessRule(new SecurityIdentifier(kind, null), FileSystemRights.Write, AccessControlType.Allow);
            security.AddAccessRule(rule); // flaw: permissions
            folder.SetAccessControl(security);
        }
    }
}
