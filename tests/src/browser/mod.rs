//! A browser, and what people do in it.

mod chromedriver;

use std::{
    env,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, error::WebDriverErrorInner,
    prelude::*,
};
use uuid::Uuid;

use chromedriver::Chromedriver;

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// What the browser says it reads, and the first segment of the addresses that it is sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Chinese,
    English,
}

impl Tongue {
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }
}

/// One person's browser, with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    pub driver: WebDriver,
    site: String,
    _chromedriver: Chromedriver,
    // Last: it goes when nobody writes in it any more.
    _profile: Profile,
}

/// A browser's folder, gone with the value.
#[derive(Debug)]
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Nothing on a page takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What lies beside the screen, the outermost ahead.
const BESIDE: &str = "const wide = document.documentElement.clientWidth;
const beside = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > wide + 1);
return beside.slice(0, 8).map(one => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`);";

impl Browser {
    pub async fn open(site: &str, scripts: Scripts, tongue: Tongue) -> Self {
        let chromedriver = Chromedriver::start().await;
        let profile = Profile(env::temp_dir().join(format!("zhongshi-browser-{}", Uuid::now_v7())));
        let capabilities = capabilities(&profile.0, scripts, tongue).expect("capabilities");
        let driver = WebDriver::new(&chromedriver.address, capabilities).await.expect("a browser");
        let browser = Self { driver, site: site.to_owned(), _chromedriver: chromedriver, _profile: profile };
        browser.resize(1440).await;
        browser
    }

    pub async fn resize(&self, width: u32) {
        self.driver.set_window_rect(0, 0, width, 1000).await.expect("a window");
    }

    pub async fn go(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.site)).await.expect("a page");
    }

    /// Path and parameters of the address.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.expect("an address");
        url.as_str().trim_start_matches(self.site.as_str()).to_owned()
    }

    /// Waits until the address ends so: a click is over before the page that it leads to is there.
    pub async fn arrive(&self, end: &str) {
        let arrived = async {
            while !self.path().await.ends_with(end) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, arrived).await.is_err() {
            panic!("not at {end} but at {}", self.path().await);
        }
    }

    /// Waits for an element.
    pub async fn see(&self, css: &str) -> WebElement {
        self.see_within(css, PATIENCE).await
    }

    /// Waits for an element, longer than for any page: for what the server has to do first.
    pub async fn see_within(&self, css: &str, patience: Duration) -> WebElement {
        let found = self.driver.query(By::Css(css)).wait(patience, Duration::from_millis(50)).first().await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {css} on {}: {error}", self.path().await),
        }
    }

    /// How many there are now.
    pub async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css)).await.expect("a page").len()
    }

    pub async fn text(&self, css: &str) -> String {
        self.on(css, async |element| element.text().await).await
    }

    /// Waits until an element says these words.
    pub async fn says(&self, css: &str, words: &str) {
        let said = async {
            while !self.text(css).await.contains(words) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, said).await.is_err() {
            panic!("{css} on {} says {:?}", self.path().await, self.text(css).await);
        }
    }

    pub async fn click(&self, css: &str) {
        let click = async |element: WebElement| {
            element.scroll_into_view().await?;
            element.click().await
        };
        self.on(css, click).await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let fill = async |element: WebElement| {
            element.clear().await?;
            element.send_keys(text).await
        };
        self.on(css, fill).await;
    }

    /// Does something with an element. A page that renews itself in that moment puts another in its place, which a
    /// person wouldn't notice.
    async fn on<T>(&self, css: &str, act: impl AsyncFn(WebElement) -> WebDriverResult<T>) -> T {
        let begun = Instant::now();
        loop {
            match act(self.see(css).await).await {
                Ok(done) => return done,
                Err(error) if is_stale(&error) && begun.elapsed() < PATIENCE => {}
                Err(error) => panic!("{css} on {}: {error}", self.path().await),
            }
        }
    }

    /// Types a date, given as `YYYY-MM-DD`, in the order in which the browser shows it: that of its own locale, which
    /// is not the page's.
    pub async fn set_date(&self, css: &str, date: &str) {
        let digits: String = date.chars().filter(char::is_ascii_digit).collect();
        let typed = format!("{}{}", &digits[4..], &digits[..4]);
        self.see(css).await.send_keys(typed).await.expect("a date field");
    }

    /// Picks the option with this value; where a field to type in stands for the select, by typing the value there.
    pub async fn choose(&self, css: &str, value: &str) {
        if self.count(&format!("{css}[aria-hidden=true]")).await == 0 {
            self.click(&format!("{css} option[value='{value}']")).await;
            return;
        }
        self.click(&format!("{css}-find")).await;
        self.press(value).await;
        self.press(Key::Enter).await;
        self.see(&format!("{css}:has(option[value='{value}']:checked)")).await;
    }

    /// Whether the page is as wide as the window: nothing sticks out sideways.
    pub async fn is_whole(&self) -> bool {
        let root = self.see("html").await;
        let width = |name| {
            let root = root.clone();
            async move {
                root.prop(name)
                    .await
                    .expect("a property")
                    .unwrap_or_default()
                    .parse::<u32>()
                    .expect("a number")
            }
        };
        width("scrollWidth").await <= width("clientWidth").await
    }

    /// Saves what is seen in `ZHONGSHI_TEST_SHOTS`, at the width of a desk and of a hand.
    pub async fn shoot(&self, name: &str) {
        for width in [390, 1440] {
            self.resize(width).await;
            if !self.is_whole().await {
                let beside: Vec<String> = self.run(BESIDE, Vec::new()).await;
                panic!("{name} sticks out at {width} px: {beside:?}");
            }
            if let Some(folder) = env::var_os("ZHONGSHI_TEST_SHOTS") {
                let file = PathBuf::from(folder).join(format!("{name}-{width}.png"));
                let page = self.see("body").await.screenshot_as_png().await.expect("a picture");
                std::fs::write(&file, page).expect("the folder exists");
            }
        }
    }

    /// Presses keys one after the other, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let at_once = Some(Duration::ZERO);
        let pressed = self.driver.action_chain_with_delay(at_once, at_once).send_keys(keys).perform().await;
        pressed.expect("keys are pressed");
    }

    /// Runs a script within the page, with what is given to it; what it returns.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, given: Vec<Value>) -> T {
        let returned = self.driver.execute(script, given).await.expect("the script runs");
        returned.convert().expect("it returns what was asked for")
    }

    /// Has the browser do as if something were so, by a command of its developer tools that no page has.
    pub async fn pretend(&self, command: &str, what: Value) {
        if let Err(error) = self.driver.cdp().send_raw(command, what).await {
            panic!("{command}: {error}");
        }
    }

    /// Lets scripts run so many times slower than the machine could.
    pub async fn slow_down(&self, times: u32) {
        self.pretend("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await;
    }

    /// Ends the session, and checks that the browser complained of nothing: no script error, no blocked content.
    pub async fn close(self) {
        self.close_but_for(|_| false).await;
    }

    /// As [`Self::close`], but for complaints that the test was about.
    pub async fn close_but_for(self, expected: impl Fn(&str) -> bool) {
        let mut complaints = complaints(&self.driver).await;
        complaints.retain(|complaint| !expected(complaint));
        self.driver.clone().quit().await.expect("it ends");
        assert!(complaints.is_empty(), "the browser complains: {complaints:#?}");
    }
}

fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}

fn capabilities(profile: &Path, scripts: Scripts, tongue: Tongue) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let locale = match tongue {
        Tongue::Chinese => "zh-CN",
        Tongue::English => "en-US",
    };
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server",
        "--hide-scrollbars",
        // A page that is still scrolling can't be clicked where one aimed.
        "--force-prefers-reduced-motion",
        &format!("--accept-lang={locale}"),
        &format!("--user-data-dir={}", profile.display()),
    ] {
        capabilities.add_arg(argument)?;
    }
    if scripts == Scripts::Off {
        let off = json!({"profile.managed_default_content_settings.javascript": 2});
        capabilities.add_experimental_option("prefs", off)?;
    }
    if let Ok(program) = env::var("ZHONGSHI_TEST_CHROMIUM") {
        capabilities.set_binary(&program)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}

/// What the console holds of warnings and worse, except answers that are errors on purpose.
async fn complaints(driver: &WebDriver) -> Vec<String> {
    let log = driver.get_log("browser").await.unwrap_or_default();
    log.into_iter()
        .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"))
        .map(|entry| entry.message)
        .filter(|message| !message.contains("the server responded with a status of"))
        // Where scripts are off or the machine is slow, the page's programs are fetched ahead and not used in time.
        .filter(|message| !message.contains("was preloaded using link preload but not used"))
        .collect()
}
