//! The pages: in a real browser with JavaScript on and off, and as plain HTTP.

mod access;
mod conflicts;
mod conversation;
mod district;
mod firm;
mod first_page;
mod http;
mod language;
mod live;
mod meanwhile;
mod names;
mod notices;
mod operator;
mod pictures;
mod question;
mod race;
mod rounds;
mod sending;
mod stage;
mod waiting;

use stage::Stage;
use tests::browser::{Browser, Scripts, Tongue};
