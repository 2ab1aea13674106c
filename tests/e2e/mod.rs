//! The pages: in a real browser with JavaScript on and off, and as plain HTTP.

mod access;
mod clock;
mod conflicts;
mod conversation;
mod district;
mod double_click;
mod draft;
mod firm;
mod first_page;
mod http;
mod keyboard;
mod language;
mod live;
mod meanwhile;
mod motion;
mod names;
mod notices;
mod operator;
mod pictures;
mod print;
mod question;
mod race;
mod room;
mod rounds;
mod routes;
mod runs;
mod sending;
mod session;
mod stage;
mod tour;
mod waiting;
mod weight;

use stage::Stage;
use tests::browser::{Browser, Scripts, Tongue};
