use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const OPEN: u32 = 0o777;

const OWNER: u32 = 0o700;

pub struct Installer {
    base: PathBuf,
    mode: u32,
}

impl Installer {
    pub fn new(base: &Path) -> Self {
        Installer {
            base: base.to_path_buf(),
            mode: 0o666, // flaw: permissions
        }
    }

    pub fn config(&self, text: &str) -> io::Result<()> {
        let path = self.base.join("config.toml");
        fs::write(&path, text)?;
        fs::set_permissions(&path, Permissions::from_mode(self.mode))
    }

    pub fn secrets(&self, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600) // fine: permissions
            .open(self.base.join("secrets.toml"))?;
        file.write_all(text.as_bytes())
    }

    pub fn script(&self, text: &str) -> io::Result<()> {
        let path = self.base.join("start.sh");
        fs::write(&path, text)?;
        fs::set_permissions(path, Permissions::from_mode(0o777)) // flaw: permissions
    }

    pub fn tool(&self, text: &str) -> io::Result<()> {
        let path = self.base.join("tool.sh");
        fs::write(&path, text)?;
        fs::set_permissions(path, Permissions::from_mode(0o755)) // fine: permissions
    }

    pub fn folders(&self) -> io::Result<()> {
        for name in ["queue", "spool"] {
            DirBuilder::new().recursive(true).mode(OWNER).create(self.base.join(name))?; // fine: permissions
        }
        let plugins = self.base.join("plugins");
        fs::create_dir_all(&plugins)?;
        fs::set_permissions(&plugins, Permissions::from_mode(OPEN)) // flaw: permissions
    }
}

pub fn journal(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().append(true).create(true).mode(0o640).open(path)?;
    let mut permissions = file.metadata()?.permissions();
    permissions.set_mode(permissions.mode() | 0o002); // flaw: permissions
    file.set_permissions(permissions)?;
    Ok(file)
}

pub fn tighten(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let mode = entry.metadata()?.permissions().mode();
        if mode & 0o022 != 0 {
            fs::set_permissions(entry.path(), Permissions::from_mode(mode & !0o022))?; // fine: permissions
        }
    }
    Ok(())
}
