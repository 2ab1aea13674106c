//! Prices in integer fen. A price never depends on the neighbour's changeover, which would reveal it.
