//! Server functions answer with the one error that leaves the server; what went wrong on the way is worded here, and
//! never copied from a library's text.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};

use crate::contract::{Failure, FieldProblem};

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::MissingArg(field) => Self::Invalid { field, problem: FieldProblem::Missing },
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid { field: "form".into(), problem: FieldProblem::Missing }
            }
            _ => Self::Busy,
        }
    }
}
