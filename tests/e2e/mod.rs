//! The pages: in a real browser with JavaScript on and off, and as plain HTTP.

mod browser;
mod chromedriver;
mod conversation;
mod first_page;
mod http;
mod operator;
mod race;
mod stage;

use browser::{Browser, Scripts, Tongue};
use stage::Stage;
