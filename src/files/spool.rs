//! Data put aside during a run, to be written out later.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};

use super::atomic_file::{create_beside, make_parents};

/// So much is kept in memory before a temporary file is made.
const IN_MEMORY_BYTES: usize = 256 * 1024;

/// Keeps bytes in memory as long as they are few and in a temporary file from then on.
///
/// The temporary file lies beside the file that the bytes are meant for, so that no other disk has to have
/// room for them, and is removed on drop.
#[derive(Debug)]
pub(crate) struct Spool {
    beside: PathBuf,
    memory: Vec<u8>,
    spilled: Option<Spilled>,
}

#[derive(Debug)]
struct Spilled {
    writer: BufWriter<File>,
    path: PathBuf,
}

impl Spool {
    /// An empty spool for bytes that will end up in the file `beside`.
    pub(crate) fn new(beside: &Path) -> Self {
        Self {
            beside: beside.to_owned(),
            memory: Vec::new(),
            spilled: None,
        }
    }

    /// Copies everything that was written to another writer and empties the spool.
    ///
    /// # Errors
    /// When reading the temporary file or writing to the other writer fails.
    pub(crate) fn drain_into(&mut self, writer: &mut dyn Write) -> io::Result<()> {
        self.copy_into(writer)?;
        self.spilled = None;
        self.memory.clear();
        Ok(())
    }

    /// Copies everything that was written to another writer and keeps it; more can be written afterwards.
    ///
    /// # Errors
    /// When reading the temporary file or writing to the other writer fails.
    pub(crate) fn copy_into(&mut self, writer: &mut dyn Write) -> io::Result<()> {
        match &mut self.spilled {
            None => writer.write_all(&self.memory),
            Some(spilled) => {
                spilled.writer.flush()?;
                let file = spilled.writer.get_mut();
                file.rewind()?;
                // The copy ends at the end of the file, where writing goes on.
                io::copy(file, writer).map(drop)
            }
        }
    }

    fn spill(&mut self) -> io::Result<&mut Spilled> {
        if self.spilled.is_none() {
            // The target may be a device such as `/dev/stdout`, beside which nothing can be put.
            let is_device = fs::metadata(&self.beside).is_ok_and(|metadata| !metadata.is_file());
            let beside = if is_device {
                std::env::temp_dir().join("postrider")
            } else {
                self.beside.clone()
            };
            make_parents(&beside).map_err(|error| io::Error::other(error.to_string()))?;
            let (file, path) = create_beside(&beside)?;
            let mut writer = BufWriter::new(file);
            writer.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.spilled = Some(Spilled { writer, path });
        }
        self.spilled
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.spilled.is_none() && self.memory.len() + bytes.len() <= IN_MEMORY_BYTES {
            self.memory.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        self.spill()?.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Spilled {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_need_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&folder.path().join("report.json"));
        let mut output = Vec::new();

        spool.write_all(b"few").unwrap();

        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        spool.drain_into(&mut output).unwrap();
        assert_eq!(output, b"few");
    }

    #[test]
    fn many_bytes_go_through_a_file_that_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&folder.path().join("report.json"));
        let mut output = Vec::new();
        let block = [7; 100_000];

        for _ in 0..5 {
            spool.write_all(&block).unwrap();
        }

        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        spool.drain_into(&mut output).unwrap();
        assert_eq!(output.len(), 500_000);
        assert!(output.iter().all(|byte| *byte == 7));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_was_copied_is_kept_and_can_grow() {
        for length in [10, 300_000] {
            let folder = tempfile::tempdir().unwrap();
            let mut spool = Spool::new(&folder.path().join("report.json"));
            let (mut first, mut second) = (Vec::new(), Vec::new());

            spool.write_all(&vec![1; length]).unwrap();
            spool.copy_into(&mut first).unwrap();
            spool.write_all(&[2]).unwrap();
            spool.copy_into(&mut second).unwrap();

            assert_eq!(first, vec![1; length]);
            assert_eq!(second, [first, vec![2]].concat());
        }
    }

    #[test]
    fn a_spool_that_is_dropped_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(&folder.path().join("report.json"));

        spool.write_all(&[1; 300_000]).unwrap();
        drop(spool);

        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
