//! The measures of the field against published numbers, and on random claims against the definitions worked out by hand: loops
//! over every pair and triple, every way of taking sides, every two detentions or sanctions.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod alliances;
mod mirrors;
mod published;
mod signs;
mod slices;
mod times;
mod tits;
