//! The statements, one idea a file. Those that write take a [`super::Tx`], those that read any connection.
