//! The source of everything that is random in a dynamic variable.

use std::ops::RangeInclusive;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fake::rand::rngs::ChaCha12Rng;
use fake::rand::{self, Rng, RngExt, SeedableRng};
use fake::{Dummy, Fake};

/// A generator of random numbers that can be made to repeat.
///
/// Without a seed it takes one from the operating system when the first value is drawn, so that an unused one
/// costs nothing. Either way it is cryptographically strong: `{{$guid}}` and `{{$randomPassword}}` may end up
/// where that matters.
#[derive(Debug, Default)]
pub(crate) struct Random {
    generator: Option<ChaCha12Rng>,
    is_seeded: bool,
}

impl Clone for Random {
    /// A copy of a seeded generator goes on as the original would; any other copy has a seed of its own, so
    /// that no value is given out twice.
    fn clone(&self) -> Self {
        match &self.generator {
            Some(generator) if self.is_seeded => Self {
                generator: Some(ChaCha12Rng::deserialize_state(&generator.serialize_state())),
                is_seeded: true,
            },
            _ => Self::default(),
        }
    }
}

/// A generator that moves on while the variables around it are only read, also from another thread.
#[derive(Debug, Default)]
pub(crate) struct SharedRandom(Mutex<Random>);

impl SharedRandom {
    /// The generator; the same thread must not ask twice at a time.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Random> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Random> for SharedRandom {
    fn from(random: Random) -> Self {
        Self(Mutex::new(random))
    }
}

impl Clone for SharedRandom {
    /// As a copy of the generator itself.
    fn clone(&self) -> Self {
        self.lock().clone().into()
    }
}

impl Random {
    /// A generator that gives the same values for the same seed, as long as the program is the same.
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self {
            generator: Some(ChaCha12Rng::seed_from_u64(seed)),
            is_seeded: true,
        }
    }

    /// A generator of other values, which repeat if those of this one do.
    pub(crate) fn fork(&mut self) -> Self {
        if self.is_seeded {
            Self::from_seed(u64::from_le_bytes(self.bytes()))
        } else {
            Self::default()
        }
    }

    /// A whole number of a range, both ends included.
    pub(super) fn integer(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.generator().random_range(range)
    }

    /// True once in so many times, on average.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.integer(1..=times) == 1
    }

    /// Bytes of any value.
    pub(super) fn bytes<const LENGTH: usize>(&mut self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.generator().fill_bytes(&mut bytes);
        bytes
    }

    /// One of a list that is not empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        let last = list.len().saturating_sub(1) as u64;
        list[self.integer(0..=last) as usize]
    }

    /// Characters of an ASCII alphabet.
    pub(super) fn characters(&mut self, alphabet: &[u8], count: u64) -> String {
        (0..count)
            .map(|_| char::from(self.pick(alphabet)))
            .collect()
    }

    /// A word of one of the lists of the `fake` crate.
    pub(super) fn word<D>(&mut self, list: D) -> &'static str
    where
        &'static str: Dummy<D>,
    {
        list.fake_with_rng(self.generator())
    }

    /// A text that the `fake` crate puts together.
    pub(super) fn text<D>(&mut self, kind: D) -> String
    where
        String: Dummy<D>,
    {
        kind.fake_with_rng(self.generator())
    }

    fn generator(&mut self) -> &mut ChaCha12Rng {
        self.generator.get_or_insert_with(rand::make_rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(mut random: Random) -> Vec<u64> {
        (0..20).map(|_| random.integer(0..=1_000_000)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        assert_eq!(numbers(Random::from_seed(7)), numbers(Random::from_seed(7)));
    }

    #[test]
    fn another_seed_gives_other_numbers() {
        assert_ne!(numbers(Random::from_seed(7)), numbers(Random::from_seed(8)));
    }

    #[test]
    fn without_a_seed_no_two_are_alike() {
        assert_ne!(numbers(Random::default()), numbers(Random::default()));
    }

    #[test]
    fn only_a_seeded_generator_is_copied_as_it_is() {
        for (mut original, is_copied) in [(Random::from_seed(7), true), (Random::default(), false)]
        {
            original.integer(0..=9);
            let copy = original.clone();

            assert_eq!(numbers(original) == numbers(copy), is_copied);
        }
    }
}
