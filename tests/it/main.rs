//! One integration binary: every further one is another link step.

mod architecture;
mod guard;
mod harness;
mod setup;
