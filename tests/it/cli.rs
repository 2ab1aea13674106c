//! The commands of `zhongshi`, each in a process of its own: what it prints, what it leaves, how it fails.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, ExitCode, Output, Stdio},
    time::{Duration, Instant},
};

use server::demo;
use tests::{
    Engine, TestDatabase,
    browser::{Browser, Scripts, Tongue},
};

/// The arguments of the command that a child runs, a line each.
const ARGUMENTS: &str = "ZHONGSHI_TEST_ARGUMENTS";

/// Runs a command. Only as a child of the tests below; alone it does nothing.
#[test]
fn the_command_that_is_run() {
    let Ok(arguments) = std::env::var(ARGUMENTS) else { return };
    let code = server::cli::run_with(std::iter::once("zhongshi").chain(arguments.lines()));
    std::process::exit(i32::from(code != ExitCode::SUCCESS));
}

fn zhongshi(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a test knows itself"));
    command.args(["--exact", "cli::the_command_that_is_run", "--nocapture", "--quiet"]);
    command.env(ARGUMENTS, arguments.join("\n")).env_remove("ZHONGSHI_CONFIG");
    command
}

fn run(arguments: &[&str]) -> Output {
    zhongshi(arguments).output().expect("a test can start itself")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    assert!(!output.status.success(), "it fails: {}", told(output));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A database that nobody has migrated yet, in a file of its own.
async fn empty() -> TestDatabase {
    TestDatabase::empty(Engine::Sqlite).await
}

#[test]
fn settings_are_printed_with_their_meaning_and_a_wrong_one_is_named() {
    let printed = run(&["settings"]);
    assert!(printed.status.success());
    for setting in
        ["listen", "public_url", "holds_per_company", "unconfirmed_per_company", "questions_per_company"]
    {
        assert!(told(&printed).contains(setting), "{setting} isn't told of: {}", told(&printed));
    }
    let wrong = complained(&run(&["verify", "--set", "limits.holds_per_company=many"]));
    assert!(wrong.contains("limits.holds_per_company") && wrong.contains("many"), "{wrong}");
    let unknown = complained(&run(&["verify", "--set", "limits.nonsense=1"]));
    assert!(unknown.contains("limits.nonsense"), "{unknown}");
    let slip = zhongshi(&["verify"]).env("ZHONGSHI_LOG_FORMATT", "json").output().expect("it runs");
    assert!(complained(&slip).contains("ZHONGSHI_LOG_FORMATT"), "{slip:?}");
}

#[tokio::test]
async fn a_production_start_says_what_is_missing_and_makes_no_accounts() {
    let database = empty().await;
    let url = &*database.url();
    assert!(run(&["migrate", "--database", url]).status.success());
    let mut server = zhongshi(&["serve", "--database", url, "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(server.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let mut said = Vec::new();
    for line in lines {
        let answers = line.contains("answers at");
        said.push(line);
        if answers {
            break;
        }
    }
    server.kill().and_then(|()| server.wait()).expect("it is stopped");
    let said = said.join("\n");
    assert!(said.contains("zhongshi admin"), "{said}");
    assert_eq!(database.number("SELECT count(*) FROM account").await, 0);

    let made = run(&["admin", "--database", url, "--email", "li@example.org", "--name", "Li Guan"]);
    assert!(made.status.success() && told(&made).contains("/reset?token="), "{}", told(&made));
    assert_eq!(database.number("SELECT count(*) FROM account").await, 1);
}

#[tokio::test]
async fn an_import_names_file_and_line_or_says_what_it_did() {
    let database = empty().await;
    let url = &*database.url();
    let folder = std::env::temp_dir().join(format!("zhongshi-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let source = demo::files().into_iter().find(|source| source.name == "hayao.toml").expect("a platform");
    let (good, bad) = (folder.join("good.toml"), folder.join("bad.toml"));
    std::fs::write(&good, &source.text).expect("written");
    std::fs::write(&bad, source.text.replacen("hold = \"72h\"", "hold = \"soon\"", 1)).expect("written");
    let path = |file: &std::path::Path| file.display().to_string();

    let early = complained(&run(&["import", &path(&good), "--database", url]));
    assert!(early.contains("zhongshi migrate"), "{early}");
    assert!(run(&["migrate", "--database", url]).status.success());

    let line = source.text.lines().position(|line| line.starts_with("hold = ")).expect("a hold") + 1;
    let wrong = complained(&run(&["import", &path(&bad), "--database", url]));
    assert!(wrong.contains(&format!("bad.toml:{line}")), "{wrong}");
    let chinese = complained(&run(&["import", &path(&bad), "--database", url, "--language", "zh"]));
    assert!(chinese.contains("请"), "{chinese}");

    let lines = "SELECT count(*) FROM line";
    assert!(run(&["import", &path(&good), "--database", url, "--dry-run"]).status.success());
    assert_eq!(database.number(lines).await, 0, "a dry run writes nothing");
    assert!(run(&["import", &path(&good), "--database", url]).status.success());
    assert!(database.number(lines).await > 0);
    assert!(run(&["verify", "--database", url]).status.success());
    let rounds = run(&["rounds", "verify", "--database", url]);
    assert!(rounds.status.success() && told(&rounds).contains("0 published rounds"), "{}", told(&rounds));
    let none = complained(&run(&["rounds", "verify", &uuid::Uuid::nil().to_string(), "--database", url]));
    assert!(none.contains("no such published call"), "{none}");

    // The audit names what is wrong, and fails.
    let cell = "UPDATE line SET matrix = matrix, version = version, document = '{}' WHERE code = (SELECT min(code) FROM line)";
    database.execute(cell, vec![]).await.expect("vandalism");
    let fault = complained(&run(&["verify", "--database", url]));
    assert!(!fault.trim().is_empty());
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn what_only_looks_makes_no_database() {
    let file = std::env::temp_dir().join(format!("zhongshi-no-{}/typo.db", std::process::id()));
    let url = format!("sqlite://{}", file.display());
    for command in [&["verify"][..], &["rounds", "verify"], &["demo", "--reset"]] {
        let arguments: Vec<&str> = command.iter().copied().chain(["--database", &url]).collect();
        let told = complained(&run(&arguments));
        assert!(told.contains("typo.db") && told.contains("there is no database"), "{told}");
    }
    assert!(!file.parent().is_some_and(std::path::Path::exists), "not even its folder");
}

#[test]
fn a_server_of_databases_that_is_away_is_named_at_once() {
    // A port that was free a moment ago.
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let url = format!("postgres://nobody@127.0.0.1:{port}/nothing");
    let told = complained(&run(&["serve", "--database", &url, "--listen", "127.0.0.1:0"]));
    assert!(told.contains(&format!("127.0.0.1:{port}")) && told.contains("does not answer"), "{told}");
}

#[tokio::test]
async fn forty_mistakes_are_named_by_the_command_and_nothing_is_written() {
    let mistakes = include_str!("setup/forty_mistakes.toml");
    let folder = std::env::temp_dir().join(format!("zhongshi-forty-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (bad, good) = (folder.join("forty.toml"), folder.join("good.toml"));
    std::fs::write(&bad, mistakes).expect("written");
    let source = demo::files().into_iter().find(|source| source.name == "hayao.toml").expect("a platform");
    std::fs::write(&good, &source.text).expect("written");
    let path = |file: &std::path::Path| file.display().to_string();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let database = TestDatabase::migrated(engine).await;
        let url = &*database.url();
        // A file without fault beside it is not taken either.
        for language in ["en", "zh"] {
            let arguments = ["import", &path(&good), &path(&bad), "--database", url, "--language", language];
            let complaints = complained(&run(&arguments));
            for (number, line) in (1..).zip(mistakes.lines()) {
                let named = complaints.contains(&format!("forty.toml:{number}:"));
                assert_eq!(named, line.contains("# wrong"), "{engine:?} line {number}: {complaints}");
            }
        }
        for table in ["platform", "line", "pool", "matrix", "route", "policy", "decision", "organisation"] {
            let rows = database.number(&format!("SELECT count(*) FROM {table}")).await;
            assert_eq!(rows, 0, "{engine:?}: {table} was written");
        }
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

/// The next line of a server's words that contains `words`.
fn wait_for(lines: &mut impl Iterator<Item = String>, words: &str) -> String {
    lines.find(|line| line.contains(words)).unwrap_or_else(|| panic!("the server never says {words:?}"))
}

/// Somebody looks around as the firm, calls itself by another name, and is done playing.
async fn begin_anew(address: &str) {
    let browser = Browser::open(address, Scripts::On, Tongue::English).await;
    let take_seat = async || {
        browser.go("/en").await;
        browser.click("form:has([value=firm]) button").await;
        browser.see(".who-name").await;
        browser.text(".who-name").await
    };
    let name = take_seat().await;
    browser.go("/en/account").await;
    browser.fill("#name", "Somebody Else").await;
    browser.click("section[aria-labelledby=person] form button").await;
    browser.says(".who-name", "Somebody Else").await;
    browser.go("/en").await;
    browser.click(".first-booking > summary").await;
    browser.click(".reset > summary").await;
    browser.click(".reset form button").await;
    // The page waits until everything is there again, as it was in the beginning: a minute, with other tests beside.
    browser.see_within("body:not(:has(.who)) .seats", Duration::from_secs(180)).await;
    assert_eq!(browser.count(".tour .note.bad").await, 0, "it did not begin anew");
    assert_eq!(take_seat().await, name);
    // While the server was away nobody was told what changed.
    browser.close_but_for(|complaint| complaint.contains("/live")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_begins_anew_while_those_who_ask_for_a_page_wait() {
    let folder = std::env::temp_dir().join(format!("zhongshi-anew-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let url = format!("sqlite://{}", folder.join("anew.db").display());
    assert!(run(&["demo", "--campaigns", "3", "--database", &url]).status.success());
    let mut server = zhongshi(&["serve", "--demo", "--database", &url, "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(server.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let said = wait_for(&mut lines, "answers at");
    // The demonstration was loaded before: who there is, is told again.
    wait_for(&mut lines, "member@jia.example");
    let address = said.split_once("http").map(|(_, rest)| format!("http{rest}")).expect("an address");
    let client = reqwest::Client::builder()
        .no_proxy()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client can be made");
    let post = async |path: &str, form: &'static str| {
        let request = client.post(format!("{address}{path}")).header("origin", &address);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        request.send().await.expect("an answer").status().as_u16()
    };
    let account = async || {
        // A connection that the server that goes was just about to take is tried again, and one that it had taken is
        // sent to the same address again, as browsers do.
        for _ in 0..8 {
            match client.get(format!("{address}/api/v1/accounts/me")).send().await {
                Ok(answer) if answer.status() == 307 => {
                    assert_eq!(answer.headers()["location"], "/api/v1/accounts/me");
                }
                Ok(answer) => return answer.status().as_u16(),
                Err(_) => {}
            }
        }
        panic!("no answer");
    };
    // While another has the database open it doesn't begin anew, and says so.
    let first_page = async || {
        for _ in 0..200 {
            match client.get(format!("{address}/en")).send().await {
                Ok(answer) if answer.status() == 200 => return answer.text().await.expect("a page"),
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("no page");
    };
    let other =
        server::store::Store::open(&server::store::StoreOptions::new(url.clone())).await.expect("it opens");
    assert_eq!(post("/do/begin-anew", "next=/en").await, 303);
    wait_for(&mut lines, "answers at");
    assert!(first_page().await.contains("did not start over"));
    other.close().await;

    assert_eq!(post("/do/try-as", "audience=firm&next=/en").await, 303);
    assert_eq!(account().await, 200);
    begin_anew(&address).await;
    // Answered only once everything is there again, and nobody is signed in any more.
    assert_eq!(account().await, 401);
    wait_for(&mut lines, "answers at");
    let bookings = client.get(format!("{address}/readyz")).send().await.expect("an answer");
    assert_eq!(bookings.status(), 200);
    assert_eq!(post("/do/try-as", "audience=qa&next=/en/desk").await, 303);
    // Told to stop while a request is on its way, it lets nobody in any more, answers that one and ends.
    let host = address.strip_prefix("http://").expect("an address");
    let mut late = std::net::TcpStream::connect(host).expect("it listens");
    late.write_all(b"POST /api/v1/sessions HTTP/1.1\r\nhost: z\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{")
        .expect("it reads");
    let health = client.get(format!("{address}/healthz"));
    assert_eq!(health.send().await.expect("an answer").status(), 200, "it has read the one before");
    assert!(Command::new("kill").args(["-INT", &server.id().to_string()]).status().expect("kill").success());
    let patience = Instant::now();
    while std::net::TcpStream::connect(host).is_ok() {
        assert!(patience.elapsed().as_secs() < 10, "the address is given back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(server.try_wait().expect("a state").is_none(), "it waits for the request under way");
    late.write_all(b"}").expect("it still reads");
    let mut answer = String::new();
    late.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    assert!(server.wait().expect("it ends").success());
    let store = server::store::Store::open(&server::store::StoreOptions::new(url)).await.expect("it opens");
    let seen = server::store::verify::verify(&store).await.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(seen.bookings > 100, "the whole demonstration is there: {seen:?}");
    store.close().await;
    std::fs::remove_dir_all(&folder).expect("removed");
}
