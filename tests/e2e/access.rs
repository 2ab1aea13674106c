//! Everybody can use every page: names, headings, references, lists, tables, keyboard and contrast, in the light scheme
//! and in the dark one, in both languages. Own checks in `access.js`, and axe's.
//!
//! The pages are those that one comes to by following links from where each audience begins, one of each kind.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Value, json};

use super::{
    Browser, Scripts, Tongue,
    firm::value,
    routes::{missing, route},
    stage::{COMPARING, HISTORYS_SECRET, HOLDING, LAST, ROOM, Stage, TABLETS, TOO_SHORT},
};
use crate::booking::world::encoded;

const CHECKS: &str = include_str!("access.js");
/// Runs axe and answers what it finds, a line each. Colours alone differ between the schemes.
const AXE: &str = r"
const [dark, done] = arguments;
const only = dark ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : {};
axe.run(document, only).then(found => done(found.violations.map(violation =>
  violation.id + ': ' + violation.nodes.map(node => node.target.join(' ')).slice(0, 3).join(', '))));
";
/// The addresses on this site that the page links to.
const LINKS: &str =
    "return [...document.querySelectorAll('main a[href], header a[href]')].map(a => a.getAttribute('href'))";

/// Where each audience begins; visitors first.
const STARTS: [(Option<&str>, &[&str]); 5] = [
    (
        None,
        &[
            "",
            "/sign-in",
            "/register",
            "/join",
            "/reset",
            "/glossary",
            "/design",
            "/nowhere",
            TABLETS,
            TOO_SHORT,
            WRONG,
        ],
    ),
    (
        Some("firm"),
        &[
            "/verification",
            "/campaigns",
            "/campaigns?view=month",
            "/company",
            "/account",
            "/notices",
            "/calls",
            TABLETS,
        ],
    ),
    (Some("qa"), &["/desk"]),
    (
        Some("operator"),
        &["/desk", "/desk/book", "/desk/bookings", NO_MONTH, "/desk/companies", "/lines", "/setup"],
    ),
    (Some("district"), &["/district", "/district/waiting"]),
];
/// A search with a complaint at every field.
const WRONG: &str =
    "?offering=&batch_size=much&unit=kilogram&batches=0&from=2026-12-05&to=2026-12-01&hazards=unclassified";
/// Bookings of a month that is none.
const NO_MONTH: &str = "/desk/bookings?month=soon";
/// Where a page is not what was asked for; nobody is invited without a token.
const UNANSWERED: [&str; 4] = ["/nowhere", "/join", WRONG, NO_MONTH];
/// How the server answered for the page.
const STATUS: &str = "return performance.getEntriesByType('navigation')[0].responseStatus";
/// Narrow and wide hands, and either side of where tables become cards, where they are the fullest: by language, since
/// a page takes its time to be laid out anew. English words are the longer ones.
const WIDTHS: [(&str, [u32; 3]); 2] = [("en", [320, 705, 961]), ("zh-CN", [390, 960, 1440])];
/// In how many rows the ways to the pages stand; not those of a sample.
const ROWS: &str = "const ways = [...document.querySelectorAll('.ways:not(main *) li')];
    return new Set(ways.map(way => way.offsetTop)).size;";
/// How much of the page lies beside the screen.
const BESIDE: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
/// The page of the components, whose samples lead nowhere: only to its own sheets is followed from there.
const DESIGN: &str = "/design";
/// Lets a form be sent as it is, so that it is the server that refuses it.
const UNCHECKED: &str =
    "for (const form of document.forms) form.noValidate = true; return document.forms.length";
/// Sends a request.
const SEND: &str = "#request .form-foot button:not([formaction])";
/// What a form has to be sent for, or what only some bookings lead to: by where it begins and what is clicked there one
/// after the other.
const DEEDS: [(&str, &str, &[&str]); 6] = [
    ("firm", TABLETS, &COMPARING),
    ("firm", ROOM, &[]),
    ("firm", "/campaigns", &[LAST, "main a[href*='/cancel']"]),
    ("firm", "/campaigns", &[LAST, "main a[href*='/move']"]),
    ("firm", "/campaigns", &[LAST, "main a[href*='/move']", "main a[href*='/move/ask']"]),
    ("firm", TABLETS, &[HOLDING]),
];
/// More kinds of pages than one audience has.
const MOST: usize = 80;
/// Parameters whose values make pages of different kinds.
const TELLING: [&str; 3] = ["sort", "view", "as"];

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_in_chinese() {
    check(Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_in_english() {
    check(Tongue::English).await;
}

async fn check(tongue: Tongue) {
    let stage = Stage::with_history().await;
    let browser = stage.browser(Scripts::On, tongue).await;
    let axe = axe();
    let mut wrong = refused_registration(&browser, tongue, &axe).await;
    let mut seen = BTreeSet::new();
    for (seat, starts) in STARTS {
        if let Some(seat) = seat {
            take(&browser, tongue, seat).await;
        }
        let mut kinds = BTreeSet::new();
        let starts = starts.iter().map(|path| format!("/{}{path}", tongue.segment()));
        let mut ahead: VecDeque<String> = starts.filter(|path| kinds.insert(kind(path))).collect();
        while let Some(path) = ahead.pop_front() {
            browser.go(&path).await;
            browser.see("main h1").await;
            seen.insert(route(&browser.path().await));
            let status = browser.driver.execute(STATUS, vec![]).await.expect("a page");
            let status: u16 = status.convert().expect("a number");
            if status != 200 && !UNANSWERED.iter().any(|end| path.ends_with(end)) {
                wrong.push(format!("{path} answers {status}"));
            }
            let found = complaints(&browser, &axe).await;
            wrong.extend(found.into_iter().map(|complaint| format!("{path} {complaint}")));
            let links = browser.driver.execute(LINKS, vec![]).await.expect("a page");
            let links: Vec<String> = links.convert().expect("addresses");
            let within = if path.contains(DESIGN) { DESIGN } else { "" };
            let own = format!("/{}{within}", tongue.segment());
            let new = links.into_iter().filter(|link| link.starts_with(&own) && kinds.insert(kind(link)));
            ahead.extend(new);
            assert!(kinds.len() < MOST, "ever more pages: {kinds:?}");
        }
    }
    for (seat, begin, clicks) in DEEDS {
        take(&browser, tongue, seat).await;
        browser.go(&format!("/{}{begin}", tongue.segment())).await;
        for click in clicks {
            browser.click(click).await;
        }
        browser.see("main h1").await;
        let found = complaints(&browser, &axe).await;
        wrong.extend(found.into_iter().map(|complaint| format!("after {clicks:?} {complaint}")));
        seen.insert(route(&browser.path().await));
    }
    let unseen = missing(&seen);
    if !unseen.is_empty() {
        wrong.push(format!("nobody has looked at {unseen:?}"));
    }
    // Whoever is invited comes by a link that nothing else leads to.
    take(&browser, tongue, "district").await;
    browser.go(&format!("/{}/company", tongue.segment())).await;
    browser.fill("#invite-email", "new@district.example").await;
    browser.click("section[aria-labelledby=invitations] .invite button").await;
    let link = browser.see(".secret").await.value().await.expect("a field").expect("a link");
    let path = &link[link.find("/join").expect("where it leads")..];
    browser.go(&format!("/{}{path}", tongue.segment())).await;
    browser.see("#password").await;
    let found = complaints(&browser, &axe).await;
    wrong.extend(found.into_iter().map(|complaint| format!("/join with a link {complaint}")));
    wrong.extend(gone_wrong(&stage, &browser, tongue, &axe).await);
    browser.close().await;
    stage.app.stop().await;
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
}

/// Axe itself.
pub fn axe() -> String {
    let file = std::env::var("ZHONGSHI_TEST_AXE").expect("cargo xtask test says where axe is");
    std::fs::read_to_string(file).expect("axe's script")
}

/// What is wrong with the form of a visitor whose registration was refused.
async fn refused_registration(browser: &Browser, tongue: Tongue, axe: &str) -> Vec<String> {
    browser.go(&format!("/{}/register", tongue.segment())).await;
    browser.see("main form").await;
    assert!(browser.run::<usize>(UNCHECKED, vec![]).await > 0);
    browser.click("main form button").await;
    browser.see("main .complaints").await;
    named("a refused registration", complaints(browser, axe).await)
}

/// What is wrong with the pages that a firm sees when something doesn't go as it would: no room to be made, somebody
/// faster, a request refused, a session ended, a hold run out. Not the firm of the seat, which holds enough by now.
async fn gone_wrong(stage: &Stage, browser: &Browser, tongue: Tongue, axe: &str) -> Vec<String> {
    let root = format!("/{}", tongue.segment());
    browser.driver.delete_all_cookies().await.expect("no cookies");
    sign_in(browser, &root, (FIRM, &format!("{root}/campaigns"))).await;
    browser.go(&format!("{root}/room?search={}", encoded(TOO_SHORT))).await;
    browser.see("main .note.warn").await;
    let mut wrong = named("no room to be made", complaints(browser, axe).await);

    browser.go(&format!("{root}{TABLETS}")).await;
    let [search, offer] = ["search", "offer"].map(|name| format!(".offer.first form.hold [name={name}]"));
    let (search, offer) = (value(browser, &search).await, value(browser, &offer).await);
    let faster = stage.app.visitor();
    faster.sign_in("member@bing.example", HISTORYS_SECRET).await.expect(201);
    let order = json!({"search": search, "offer": offer, "key": "faster", "here": root});
    faster.post_form("/do/hold", &order).await.expect(303);
    browser.click(HOLDING).await;
    browser.see("#conflict").await;
    wrong.extend(named("somebody was faster", complaints(browser, axe).await));

    browser.click(".conflict .offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
    let booking = browser.path().await;
    browser.click(SEND).await;
    browser.see("#request .complaints").await;
    wrong.extend(named("a refused request", complaints(browser, axe).await));
    browser.driver.delete_all_cookies().await.expect("no cookies");
    browser.click(SEND).await;
    browser.see("main a[target=_blank]").await;
    wrong.extend(named("a session that ended", complaints(browser, axe).await));

    stage.app.clock.advance(72 * 3600 + 1);
    sign_in(browser, &root, (FIRM, &booking)).await;
    browser.see(".instead .offer").await;
    wrong.extend(named("a hold that ran out", complaints(browser, axe).await));
    wrong
}

/// Whose company has campaigns.
const FIRM: &str = "member@yi.example";

/// Signs in somebody of the history, and goes on at `next`.
async fn sign_in(browser: &Browser, root: &str, (email, next): (&str, &str)) {
    browser.go(&format!("{root}/sign-in?next={next}")).await;
    browser.fill("#email", email).await;
    browser.fill("#password", HISTORYS_SECRET).await;
    browser.click("main form button").await;
    browser.see(".who").await;
}

/// The complaints about a page that no address leads to.
fn named(page: &str, complaints: Vec<String>) -> Vec<String> {
    complaints.into_iter().map(|complaint| format!("{page} {complaint}")).collect()
}

/// Takes a seat of the demonstration. Quality assurance's is offered on the way of the first booking only, once a
/// request is sent: somebody of the history takes it.
async fn take(browser: &Browser, tongue: Tongue, seat: &str) {
    let root = format!("/{}", tongue.segment());
    if seat == "qa" {
        browser.driver.delete_all_cookies().await.expect("signed out");
        return sign_in(browser, &root, ("qa@hayao.example", &root)).await;
    }
    browser.go(&root).await;
    let button = format!("form:has(input[value={seat}]) button");
    browser.see(&button).await;
    browser.driver.execute("document.body.dataset.old = ''", vec![]).await.expect("a mark");
    browser.click(&button).await;
    // The page that is left has somebody's name too.
    browser.see("body:not([data-old]) .who").await;
}

/// What axe finds. A page that has heard of something new may have been loaded anew meanwhile, without axe.
async fn axes(browser: &Browser, axe: &str, dark: bool) -> Vec<String> {
    let run = async || browser.driver.execute_async(AXE, vec![Value::from(dark)]).await;
    let found = match run().await {
        Ok(found) => found,
        Err(_) => {
            browser.driver.execute(axe, vec![]).await.expect("axe loads");
            run().await.expect("axe runs")
        }
    };
    found.convert().expect("a list")
}

/// What is wrong with the page, in either scheme. In the two languages a page differs by its words alone: axe looks at
/// those in English as they are in the hand, and at those in Chinese as they are on a desk.
pub async fn complaints(browser: &Browser, axe: &str) -> Vec<String> {
    let run = async |script: &str| browser.driver.execute(script, vec![]).await.expect("a page");
    let language: String = run("return document.documentElement.lang").await.convert().expect("a language");
    browser.resize(if language == "en" { 390 } else { 1440 }).await;
    run(axe).await;
    let mut wrong = Vec::new();
    for scheme in ["dark", "light"] {
        // Every colour follows the scheme, so the page shows either without another visit.
        run(&format!("document.documentElement.style.colorScheme = '{scheme}'")).await;
        let own = run(CHECKS).await.convert::<Vec<String>>().expect("a list");
        let found = [own, axes(browser, axe, scheme == "dark").await];
        wrong.extend(found.concat().into_iter().map(|complaint| format!("({scheme}): {complaint}")));
    }
    let widths = WIDTHS.iter().find(|(of, _)| *of == language).expect("widths for each language").1;
    for width in widths {
        browser.resize(width).await;
        let beside: i64 = browser.run(BESIDE, vec![]).await;
        if beside > 0 {
            wrong.push(format!("({width} px): {beside} px lie beside the screen"));
        }
        let rows: usize = browser.run(ROWS, vec![]).await;
        if width >= 390 && rows > 1 {
            wrong.push(format!("({width} px): the ways stand in {rows} rows"));
        }
    }
    wrong
}

/// A page's address without what differs from one page of its kind to the next: ids, and what most parameters say.
fn kind(path: &str) -> String {
    // Another place on a page is no other page.
    let path = path.split('#').next().unwrap_or_default();
    let (path, parameters) = path.split_once('?').unwrap_or((path, ""));
    let is_id = |segment: &str| segment.len() == 36 && segment.split('-').count() == 5;
    let path = path.split('/').map(|segment| if is_id(segment) { ":id" } else { segment });
    let names: BTreeSet<&str> = parameters
        .split('&')
        .filter_map(|pair| {
            let name = pair.split('=').next()?;
            Some(if TELLING.contains(&name) { pair } else { name })
        })
        .filter(|name| !name.is_empty())
        .collect();
    format!("{}?{}", path.collect::<Vec<_>>().join("/"), names.into_iter().collect::<Vec<_>>().join("&"))
}
