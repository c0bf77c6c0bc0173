//! A file that is there whole or not at all: written beside the one it replaces, and put in its place when it is on the disk.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static WRITTEN: AtomicU32 = AtomicU32::new(0);

/// A name in the same folder that no other writer has: of this process, and how many it has written.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}-{}.part", std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed)));
    Ok(path.with_file_name(hidden))
}

/// Writes the file with what `write` gives. After a crash, or an error, the old one is there as it was, or the new one whole.
pub(super) fn replace<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), E>,
) -> Result<(), E> {
    let part = beside(path)?;
    let written = (|| {
        let mut file = File::create_new(&part)?;
        write(&mut file)?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        Ok(())
    })();
    match written {
        Ok(()) => Ok(sync_folder(path)?),
        Err(error) => {
            // What it leaves behind is of no use; that it could not be written is what there is to say.
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

/// The new name is on the disk, too. Only Unix opens folders.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{self, Write};

    use super::replace;

    #[test]
    fn what_cannot_be_written_leaves_the_old_file_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("comity-replace-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let path = folder.join("graph");
        replace(&path, |file| file.write_all(b"old")).unwrap();
        let full = replace(&path, |file| {
            file.write_all(b"half of the n")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        });
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        replace(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        // A folder cannot be replaced by a file: the new one is whole on the disk, and cannot be put in its place.
        let taken = folder.join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(replace(&taken, |file| file.write_all(b"new")).is_err());
        assert!(taken.is_dir());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left beside them");
        fs::remove_dir_all(&folder).unwrap();
    }
}
