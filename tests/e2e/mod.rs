//! The pages: in a real browser with JavaScript on and off, and as plain HTTP.

mod access;
mod clock;
mod conflicts;
mod conversation;
mod district;
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
mod sending;
mod stage;
mod tour;
mod waiting;

use stage::Stage;
use tests::browser::{Browser, Scripts, Tongue};
