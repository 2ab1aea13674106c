//! People: getting in, being told no, and staying apart.
