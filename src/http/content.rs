//! The content of a request, of which files stay on disk until they are sent.

use std::io;
use std::path::PathBuf;

use bytes::{Bytes, BytesMut};
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

/// How much of a file is in memory at a time, in bytes.
const CHUNK_SIZE_BYTES: usize = 64 * 1024;

/// One piece of a request's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A whole file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its size when the request was made, in bytes.
        size_bytes: u64,
    },
}

/// The content of a request: pieces that are sent one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Content {
    /// The pieces in order.
    pub(crate) pieces: Vec<Piece>,
}

impl Content {
    /// How many bytes will be sent.
    pub(crate) fn size_bytes(&self) -> u64 {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Bytes(bytes) => bytes.len() as u64,
                Piece::File { size_bytes, .. } => *size_bytes,
            })
            .sum()
    }

    /// The bytes in memory, with `<file NAME>` in place of each file, for people to look at.
    pub(crate) fn preview(&self) -> Bytes {
        if let [Piece::Bytes(bytes)] = self.pieces.as_slice() {
            return bytes.clone();
        }
        let mut preview = BytesMut::new();
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(bytes) => preview.extend_from_slice(bytes),
                Piece::File { path, .. } => {
                    preview.extend_from_slice(format!("<file {}>", path.display()).as_bytes());
                }
            }
        }
        preview.freeze()
    }

    /// Hands over the bytes that will be sent, piece by piece, until it is told to stop with `false`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub(crate) async fn read(&self, mut each: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
        for piece in &self.pieces {
            match piece {
                Piece::Bytes(bytes) => {
                    if !each(bytes) {
                        return Ok(());
                    }
                }
                Piece::File { path, size_bytes } => {
                    let mut file = tokio::fs::File::open(path).await?.take(*size_bytes);
                    let mut chunk = BytesMut::with_capacity(CHUNK_SIZE_BYTES);
                    while file.read_buf(&mut chunk).await? > 0 {
                        if !each(&chunk) {
                            return Ok(());
                        }
                        chunk.clear();
                    }
                }
            }
        }
        Ok(())
    }

    /// The content as reqwest takes it; files are read while they are sent.
    pub(super) fn to_body(&self) -> reqwest::Body {
        if let [Piece::Bytes(bytes)] = self.pieces.as_slice() {
            return bytes.clone().into();
        }
        let (sender, receiver) = mpsc::channel(2);
        tokio::spawn(feed(self.pieces.clone(), sender));
        reqwest::Body::wrap_stream(Receiver(receiver))
    }
}

impl<T: Into<Bytes>> From<T> for Content {
    fn from(bytes: T) -> Self {
        Self {
            pieces: vec![Piece::Bytes(bytes.into())],
        }
    }
}

/// Ends early when nobody reads any more, or with the error that stopped it.
async fn feed(pieces: Vec<Piece>, sender: mpsc::Sender<io::Result<Bytes>>) {
    for piece in pieces {
        let sent = match piece {
            Piece::Bytes(bytes) => sender.send(Ok(bytes)).await.is_ok(),
            Piece::File { path, size_bytes } => feed_file(path, size_bytes, &sender).await,
        };
        if !sent {
            return;
        }
    }
}

/// Sends exactly as many bytes as were promised.
async fn feed_file(
    path: PathBuf,
    size_bytes: u64,
    sender: &mpsc::Sender<io::Result<Bytes>>,
) -> bool {
    let mut file = match tokio::fs::File::open(&path).await {
        Ok(file) => file.take(size_bytes),
        Err(error) => return sender.send(Err(error)).await.is_ok(),
    };
    loop {
        let mut chunk = BytesMut::with_capacity(CHUNK_SIZE_BYTES);
        match file.read_buf(&mut chunk).await {
            Ok(0) => return true,
            Ok(_) => {
                if sender.send(Ok(chunk.freeze())).await.is_err() {
                    return false;
                }
            }
            Err(error) => return sender.send(Err(error)).await.is_ok(),
        }
    }
}

struct Receiver(mpsc::Receiver<io::Result<Bytes>>);

impl futures_core::Stream for Receiver {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
