//! An independent verifier of a whole plan; the oracle of the tests. Shares no code with `availability` or `chain`.
