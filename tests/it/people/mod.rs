//! People: getting in, being told no, and staying apart.

mod attempts;
mod belonging;
mod bodies;
mod innovation;
mod invitations;
mod members;
mod origin;
mod problems;
mod registration;
mod resets;
mod sessions;
mod settings;
mod stopping;
mod tokens;
mod told;
mod twice;
mod verification;
