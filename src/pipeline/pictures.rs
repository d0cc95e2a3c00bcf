//! Copies of pictures for the jobs that ask for them one by one: each picture is decoded once.

use crate::attachment::copies::{self, Copy, Undecodable};
use crate::output::{Job, Planned};
use crate::path::SourcePath;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The copies of a build, held until each was asked for.
pub(super) struct Pictures {
    wanted: HashMap<SourcePath, Vec<Copy>>,
    made: Mutex<HashMap<SourcePath, Arc<Entry>>>,
}

#[derive(Default)]
struct Entry {
    copies: OnceLock<Result<Vec<Arc<[u8]>>, Undecodable>>,
    asked: Mutex<usize>,
}

impl Pictures {
    /// For the jobs of a plan.
    pub(super) fn new(planned: &[Planned]) -> Self {
        let mut wanted: HashMap<SourcePath, Vec<Copy>> = HashMap::new();
        for one in planned {
            if let Job::Picture(source, copy) = &one.job {
                wanted.entry(source.clone()).or_default().push(*copy);
            }
        }
        Self {
            wanted,
            made: Mutex::default(),
        }
    }

    /// A copy of the picture whose bytes `read` gives.
    pub(super) fn copy<E>(
        &self,
        source: &SourcePath,
        copy: Copy,
        read: impl FnOnce() -> Result<Arc<[u8]>, E>,
    ) -> Result<Result<Arc<[u8]>, Undecodable>, E> {
        let wanted = self.wanted.get(source).map_or(&[][..], Vec::as_slice);
        let entry = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.entry(source.clone()).or_default().clone()
        };
        // Read outside of the cell: a file that cannot be read fails every job that asks for it.
        let bytes = match entry.copies.get() {
            Some(_) => None,
            None => Some(read()?),
        };
        let copies = entry.copies.get_or_init(|| {
            let bytes = bytes.unwrap_or_default();
            let made = copies::make(source.extension(), &bytes, wanted)?;
            Ok(made.into_iter().map(Into::into).collect())
        });
        let found = match copies {
            Ok(copies) => {
                let mut pairs = wanted.iter().zip(copies);
                let found = pairs.find(|(one, _)| **one == copy);
                Ok(found.map(|(_, bytes)| bytes.clone()).unwrap_or_default())
            }
            Err(error) => Err(error.clone()),
        };
        let mut asked = entry.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked += 1;
        if *asked >= wanted.len() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.remove(source);
        }
        Ok(found)
    }
}
