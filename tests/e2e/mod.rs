//! The pages: in a real browser with JavaScript on and off, and as plain HTTP.

mod access;
mod browser;
mod chromedriver;
mod conversation;
mod district;
mod firm;
mod first_page;
mod http;
mod live;
mod meanwhile;
mod notices;
mod operator;
mod question;
mod race;
mod stage;

use browser::{Browser, Scripts, Tongue};
use stage::Stage;
