//! Server functions answer with the one error that leaves the server; what went wrong on the way is worded here, and
//! never copied from a library's text.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

use crate::contract::{Failure, FieldProblem, field};

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::MissingArg(field) => field::invalid(&field, FieldProblem::Missing),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) => {
                field::invalid(field::FORM, FieldProblem::Missing)
            }
            _ => Self::Busy,
        }
    }
}
