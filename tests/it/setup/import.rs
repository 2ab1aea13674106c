//! Importing into a database: all or nothing, nothing twice, versions only where something changed.

use std::collections::BTreeSet;

use app::language::Language;
use domain::{
    Interval, LineId,
    calendar::{DayKind, plant_date, plant_midnight},
};
use server::{
    demo::{self, Demonstration},
    settings::Settings,
    setup::{Change, Setup, SetupError, Source, Trouble, What, apply, plan, read, report},
    store::{Catalogue, Store, StoreOptions, verify::verify},
};
use tests::{TestDatabase, on_both_databases};
use uuid::Uuid;

/// The two shifts of hayao's workdays, and the same without the evenings of Fridays.
const EVENINGS: &str = "workdays = [\"08:00-16:00\", \"16:00-24:00\"]";
const FREE_FRIDAYS: &str = "workdays = [\"08:00-16:00\", \"16:00-24:00\"]\nfriday = [\"08:00-16:00\"]";

/// 2026-11-23T00:00Z.
const NOW: i64 = 1_795_392_000;

async fn store(db: &TestDatabase) -> Store {
    Store::open(&StoreOptions::new(db.url())).await.expect("the database opens")
}

fn demonstration() -> Setup {
    read(&demo::files()).expect("clean")
}

/// The demonstration with one file changed.
fn changed(file: &str, from: &str, to: &str) -> Setup {
    let mut found = false;
    let files: Vec<Source> = demo::files()
        .into_iter()
        .map(|source| {
            if source.name != file {
                return source;
            }
            assert!(source.text.contains(from), "{file} has no {from}");
            found = true;
            Source::new(file, source.text.replacen(from, to, 1))
        })
        .collect();
    assert!(found);
    read(&files).expect("clean")
}

/// The peptide matrix with its class "potent" under another code.
fn renamed_class() -> Setup {
    let files: Vec<Source> = demo::files()
        .into_iter()
        .map(|source| {
            let text = if source.name == "jixianglong.toml" {
                source.text.replace("potent ", "toxic  ")
            } else {
                source.text
            };
            let text = if source.name == "jixianglong.toml" {
                text.replace("\"potent\"", "\"toxic\"").replace("| potent", "| toxic")
            } else {
                text
            };
            Source::new(source.name, text)
        })
        .collect();
    read(&files).expect("clean")
}

/// Everything that an import may write, as text, to be compared.
async fn contents(db: &TestDatabase) -> Vec<String> {
    let mut all = Vec::new();
    for (table, columns) in [
        ("catalogue", "version"),
        ("organisation", "name_zh"),
        ("platform", "code"),
        ("calendar", "document"),
        ("matrix_version", "document"),
        ("pool", "document"),
        ("route", "document"),
        ("policy", "document"),
        ("line", "document"),
        ("holiday", "date"),
        ("decision", "outcome"),
    ] {
        let version = if matches!(table, "line" | "pool" | "matrix_version") { "version" } else { "1" };
        let sql = format!(
            "SELECT CAST({columns} AS TEXT) AS a, CAST({version} AS TEXT) AS b FROM {table} ORDER BY 1, 2"
        );
        for row in db.rows(&sql, vec![]).await.expect("rows") {
            let (a, b): (String, String) =
                (row.try_get("", "a").expect("a"), row.try_get("", "b").expect("b"));
            all.push(format!("{table} {a} {b}"));
        }
    }
    all
}

/// The demonstration with free evenings on Fridays, and one more holiday in 2027.
fn with_a_holiday(day: time::Date) -> Option<Setup> {
    let year = "year = 2027\nofficial = false\noff = [\n";
    let more = format!("{year}  {{ from = {day}, zh = \"临时\", en = \"Late\" }},\n");
    let files: Vec<Source> = demo::files()
        .into_iter()
        .map(|source| match source.name.as_str() {
            "holidays.toml" => {
                assert!(source.text.contains(year));
                Source::new("holidays.toml", source.text.replacen(year, &more, 1))
            }
            "hayao.toml" => Source::new("hayao.toml", source.text.replacen(EVENINGS, FREE_FRIDAYS, 1)),
            _ => source,
        })
        .collect();
    read(&files).ok()
}

/// The bookings ahead on hayao's two-shift lines by what they do on the evenings of Fridays on which people work.
#[derive(Debug)]
struct LateWork {
    working: BTreeSet<Uuid>,
    /// These and those whose line is prepared for them then.
    prepared: BTreeSet<Uuid>,
}

impl LateWork {
    async fn of(db: &TestDatabase, store: &Store) -> Self {
        let catalogue =
            Catalogue::load(store.read(), Interval { start: 0, end: 1 }).await.expect("reference data");
        let hayao = catalogue.platforms().find(|platform| platform.code == "hayao").expect("the platform").id;
        let works = |date: time::Date| {
            date.weekday() == time::Weekday::Friday
                && match catalogue.holidays.days.get(&date).map(|day| day.kind) {
                    Some(kind) => kind == DayKind::Work,
                    None => true,
                }
        };
        let late = |from: i64, until: i64| {
            let days =
                (0..=(until - from) / 1440 + 1).map(|day| plant_date(from) + time::Duration::days(day));
            days.filter(|day| works(*day))
                .map(plant_midnight)
                .any(|midnight| from < midnight + 1440 && midnight + 960 < until)
        };
        let sql = format!("SELECT b.id, o.line, o.starts_at, o.ends_at, o.prev_end FROM booking b JOIN step s ON s.booking = b.id
            JOIN occupancy o ON o.id = s.occupancy AND s.live IS NOT NULL WHERE o.ends_at > {}
            AND b.status IN ('held', 'requested', 'confirmed', 'running')", NOW / 60);
        let (mut working, mut prepared) = (BTreeSet::new(), BTreeSet::new());
        for row in db.rows(&sql, vec![]).await.expect("rows") {
            let parts = catalogue.parts(LineId(row.try_get("", "line").expect("a line"))).expect("its parts");
            if parts.line.platform != hayao || parts.calendar.pattern.code != "two-shift" {
                continue;
            }
            let id: Uuid = row.try_get("", "id").expect("an id");
            let at = |name: &str| row.try_get::<i64>("", name).expect("a minute");
            if late(at("starts_at"), at("ends_at")) {
                working.insert(id);
            }
            if late(at("prev_end"), at("ends_at")) {
                prepared.insert(id);
            }
        }
        Self { working, prepared }
    }
}

on_both_databases! {
    async fn a_second_import_changes_nothing(db: TestDatabase) {
        let store = store(&db).await;
        let first = apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        assert!(first.changes());
        assert_eq!(first.count(What::Platform, Change::Added), 7);
        assert_eq!(db.number("SELECT count(*) FROM platform").await, 7);
        let lines = db.number("SELECT count(*) FROM line").await;
        assert_eq!(lines, demonstration().platforms.iter().map(|p| p.lines.len() as i64).sum::<i64>());
        assert_eq!(db.number("SELECT count(*) FROM occupancy WHERE head = 1").await, lines, "a sentinel each");
        let before = contents(&db).await;
        let second = apply(&store, demonstration(), "demo".into(), NOW + 60).await.expect("imported");
        assert!(!second.changes());
        assert!(second.items.iter().all(|item| item.change == Change::Unchanged));
        assert_eq!(contents(&db).await, before);
    }

    async fn a_dry_run_writes_nothing(db: TestDatabase) {
        let store = store(&db).await;
        let before = contents(&db).await;
        let dry = plan(store.read(), &demonstration(), NOW / 60).await.expect("a plan");
        assert_eq!(contents(&db).await, before);
        let real = apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        assert_eq!(dry, real);
    }

    async fn a_changed_cell_issues_a_version_and_keeps_the_old_one(db: TestDatabase) {
        let store = store(&db).await;
        apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        let setup = changed("hayao.toml", "potent        | 48h + 3d | 48h + 3d | 48h + 2d", "potent        | 56h + 3d | 48h + 3d | -");
        let done = apply(&store, setup, "demo".into(), NOW).await.expect("imported");
        assert_eq!(done.count(What::Matrix, Change::Changed), 1);
        assert_eq!(done.count(What::Line, Change::Changed), 0);
        assert_eq!(db.number("SELECT count(*) FROM matrix_version WHERE version = 2").await, 1);
        // 9 pairs twice in the first version; one fewer in the second, and the first as it was.
        let cells = "SELECT count(*) FROM changeover JOIN matrix ON matrix.id = changeover.matrix
                     JOIN platform ON platform.id = matrix.platform
                     WHERE matrix.code = 'oral' AND platform.code = 'hayao' AND version = ";
        assert_eq!(db.number(&format!("{cells} 1")).await, 18);
        assert_eq!(db.number(&format!("{cells} 2")).await, 17);
        assert_eq!(db.number("SELECT max(minutes) FROM changeover WHERE version = 2").await, (56 + 72) * 60);
        let told = "SELECT count(*) FROM line JOIN matrix ON matrix.id = line.matrix
                    WHERE (matrix.code = 'oral' AND line.platform = (SELECT id FROM platform WHERE code = 'hayao')) = ";
        assert_eq!(db.number(&format!("{told} (line.version = 2 AND line.catalogue = 2)")).await,
            db.number("SELECT count(*) FROM line").await, "the lines of that matrix are told, and no others");
        assert_eq!(db.number("SELECT count(*) FROM line WHERE version = 1 AND catalogue = 1").await,
            db.number("SELECT count(*) FROM line WHERE catalogue <> 2").await);
        assert!(db.number("SELECT count(*) FROM line WHERE catalogue = 2").await > 0);
        assert_eq!(db.number("SELECT count(*) FROM pool WHERE version <> 1").await, 0);
        assert_eq!(db.number("SELECT version FROM catalogue").await, 2);
        assert_eq!(db.number("SELECT count(*) FROM decision WHERE action = 'import'").await, 2);
    }

    async fn classes_keep_their_numbers(db: TestDatabase) {
        let store = store(&db).await;
        apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        let numbers = "SELECT document FROM matrix_version JOIN matrix ON matrix.id = matrix_version.matrix
                       WHERE code = 'coating' ORDER BY version DESC";
        let before = db.rows(numbers, vec![]).await.expect("rows")[0].try_get::<String>("", "document").expect("text");
        // The same classes in another order are the same matrix.
        let first = "[[matrix.class]]\ncode = \"aqueous\"\nzh = \"水性包衣\"\nen = \"Aqueous coat\"\n\n";
        let second = "[[matrix.class]]\ncode = \"enteric\"\nzh = \"肠溶与缓释包衣\"\nen = \"Enteric or retard coat\"\n\n";
        let turned = changed("hayao.toml", &format!("{first}{second}"), &format!("{second}{first}"));
        let done = apply(&store, turned, "demo".into(), NOW).await.expect("imported");
        assert!(!done.changes(), "{:?}", done.items.iter().filter(|i| i.change != Change::Unchanged).collect::<Vec<_>>());
        let after = db.rows(numbers, vec![]).await.expect("rows")[0].try_get::<String>("", "document").expect("text");
        assert_eq!(before, after);
        // One that was issued can't go.
        let without = renamed_class();
        let refused = apply(&store, without, "demo".into(), NOW).await;
        assert!(matches!(refused, Err(SetupError::Problems(ref problems)) if problems.len() == 1 && problems[0].line > 0));
    }

    async fn a_route_that_is_gone_is_switched_off_and_can_come_back(db: TestDatabase) {
        let store = store(&db).await;
        apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        let without = changed("hayao.toml", "offerings = [\"TAB\", \"ODT\"]", "offerings = [\"TAB\"]");
        let done = apply(&store, without, "demo".into(), NOW).await.expect("imported");
        assert_eq!(done.count(What::Route, Change::SwitchedOff), 1);
        let switched_off = "SELECT count(*) FROM route WHERE NOT CAST(active AS BOOLEAN)";
        assert_eq!(db.number(switched_off).await, 1);
        let back = apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        assert_eq!(back.count(What::Route, Change::Changed), 1);
        assert_eq!(db.number(switched_off).await, 0);
    }

    async fn a_year_of_holidays_replaces_what_was_known_of_it(db: TestDatabase) {
        let store = store(&db).await;
        apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        let later = changed("holidays.toml", "from = 2027-04-05,", "from = 2027-04-03, to = 2027-04-05,");
        let done = apply(&store, later, "demo".into(), NOW).await.expect("imported");
        assert_eq!(done.count(What::Year, Change::Changed), 1);
        assert_eq!(db.number("SELECT count(*) FROM holiday WHERE date >= '2027-04-01' AND date < '2027-05-01'").await, 3);
        assert_eq!(db.number("SELECT version FROM catalogue").await, 2);
        let gone = changed("holidays.toml", "  { from = 2027-04-05, zh = \"清明节（暂定）\", en = \"Qingming (provisional)\" },\n", "");
        apply(&store, gone, "demo".into(), NOW).await.expect("imported");
        assert_eq!(db.number("SELECT count(*) FROM holiday WHERE date >= '2027-04-01' AND date < '2027-05-01'").await, 0);
    }

    async fn a_late_change_flags_bookings_and_moves_none(db: TestDatabase) {
        let store = store(&db).await;
        let wanted = Demonstration { campaigns: 80, ..Demonstration::new("demonstration-only".into(), NOW) };
        demo::load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
        let stand = "SELECT count(*) FROM occupancy";
        let (rows, notices) = (db.number(stand).await, "SELECT count(*) FROM outbox WHERE topic = 'booking_affected'");
        let open = "SELECT count(*) FROM flag WHERE settled_at IS NULL";

        // Fridays lose their evening: who works in one needs longer, and whoever a line is prepared for in one may.
        let late = LateWork::of(&db, &store).await;
        assert!(!late.working.is_empty(), "{late:?}");
        let later = changed("hayao.toml", EVENINGS, FREE_FRIDAYS);
        let done = apply(&store, later, "late".into(), NOW).await.expect("imported");
        let flagged: BTreeSet<_> = done.affected.iter().map(|booking| booking.booking).collect();
        assert!(late.working.is_subset(&flagged), "{:?}", late.working.difference(&flagged));
        assert!(flagged.is_subset(&late.prepared), "{:?}", done.affected);
        let count = i64::try_from(flagged.len()).expect("few");
        assert_eq!((db.number(notices).await, db.number(open).await), (count, count), "once each");
        assert_eq!(db.number(stand).await, rows, "nothing moved");
        let words = report::plan(&done, false, Language::zh_CN);
        assert!(words.contains(&format!("不再适合的未来预约：{count}\n")), "{words}");
        assert!(words.contains(&done.affected[0].reference), "{words}");

        // A holiday on one day: what stands on that day where holidays are observed, and nothing else.
        let busy = db.rows(&format!("SELECT DISTINCT o.starts_at FROM occupancy o JOIN step s ON s.occupancy = o.id
            WHERE s.live IS NOT NULL AND o.starts_at > {} ORDER BY o.starts_at", 1_798_761_600 / 60), vec![]).await.expect("rows");
        let mut found = None;
        for row in busy {
            let start: i64 = row.try_get("", "starts_at").expect("a start");
            // A day that is a holiday already can't be given twice.
            let Some(setup) = with_a_holiday(plant_date(start)) else { continue };
            if !plan(store.read(), &setup, NOW / 60).await.expect("a plan").affected.is_empty() {
                found = Some((start, setup));
                break;
            }
        }
        let (start, late) = found.expect("somebody works where holidays are kept");
        let done = apply(&store, late.clone(), "late".into(), NOW).await.expect("imported");
        let (holiday, stands) = (plant_midnight(plant_date(start)), "SELECT count(*) FROM booking b JOIN step s ON s.booking = b.id JOIN occupancy o ON o.id = s.occupancy");
        for booking in &done.affected {
            // It runs on that day, or its line is prepared for it then.
            let (name, at) = (&booking.reference, booking.starts_at);
            let then = format!("{stands} WHERE b.reference = '{name}' AND o.starts_at = {at} AND o.prev_end < {} AND o.ends_at > {holiday}", holiday + 1440);
            assert!(db.number(&then).await == 1, "{booking:?}");
        }
        let flagged: BTreeSet<_> = done.affected.iter().map(|booking| booking.booking).collect();
        assert_eq!(db.number(notices).await, count + i64::try_from(flagged.len()).expect("few"));
        assert!(db.number(open).await >= count, "one open flag a booking, however much is wrong with it");
        let before = contents(&db).await;
        let again = apply(&store, late, "late".into(), NOW).await.expect("imported");
        assert!(!again.changes() && again.affected.is_empty(), "flagged once");
        assert_eq!(contents(&db).await, before);
        assert_eq!(db.number(stand).await, rows);

        // Everything as it was: what fits again needs no look.
        let back = apply(&store, demonstration(), "back".into(), NOW).await.expect("imported");
        assert_eq!((back.affected.len(), db.number(open).await), (0, 0), "{:?}", back.affected);
        verify(&store).await.expect("in order");
    }

    async fn only_bookings_that_no_longer_fit_are_named(db: TestDatabase) {
        let store = store(&db).await;
        let wanted = Demonstration { campaigns: 80, ..Demonstration::new("demonstration-only".into(), NOW) };
        demo::load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
        let troubles = async |file: &str, from: &str, to: &str| -> BTreeSet<Trouble> {
            let setup = changed(file, from, to);
            let plan = plan(store.read(), &setup, NOW / 60).await.expect("a plan");
            assert!(plan.changes());
            plan.affected.iter().map(|booking| booking.trouble).collect()
        };
        // What changes nothing for those who stand already names nobody.
        assert_eq!(troubles("hayao.toml", "day_rate_yuan = \"9800\"", "day_rate_yuan = \"9900\"").await, BTreeSet::new());
        assert_eq!(troubles("hayao.toml", "hold = \"72h\"", "hold = \"48h\"").await, BTreeSet::new());
        assert_eq!(troubles("hayao.toml", "setup = \"4h\", batch = \"8h\"", "setup = \"4h\", batch = \"7h\"").await, BTreeSet::new(), "done sooner still fits");
        // What no longer fits is told by what is wrong with it.
        let pace = |batch: &str| ["gran-1", "gran-2"].map(|line| format!("  {{ line = \"{line}\", setup = \"4h\", batch = \"{batch}\" }},")).join("\n");
        let longer = troubles("hayao.toml", &pace("8h"), &pace("20h")).await;
        assert_eq!(longer, [Trouble::Length].into());
        let slower = troubles("hayao.toml", "plain         | 16h + 1d | 16h + 1d | 16h + 1d", "plain         | 90h + 20d | 90h + 20d | 90h + 20d").await;
        assert_eq!(slower, [Trouble::Changeover].into());
        let never = troubles("hayao.toml", "plain         | 16h + 1d | 16h + 1d | 16h + 1d", "plain         | - | - | -").await;
        assert_eq!(never, [Trouble::Forbidden].into());
        let fewer = troubles("hayao.toml", "code = \"dispensing\"\nzh = \"称量间\"\nen = \"Dispensing booths\"\ncalendar = \"two-shift\"\nper = \"shift\"\ncapacity = 3", "code = \"dispensing\"\nzh = \"称量间\"\nen = \"Dispensing booths\"\ncalendar = \"two-shift\"\nper = \"shift\"\ncapacity = 1").await;
        assert!(fewer.is_subset(&[Trouble::Pool].into()), "{fewer:?}");
    }

    async fn a_pool_cut_anew_keeps_every_share(db: TestDatabase) {
        let store = store(&db).await;
        let wanted = Demonstration { campaigns: 120, ..Demonstration::new("demonstration-only".into(), NOW) };
        demo::load(&store, &Settings::defaults(), &wanted).await.expect("it loads").expect("it was empty");
        let of_pool = "JOIN pool p ON p.id = c.pool AND p.code = 'inspection'";
        let ahead = format!("JOIN occupancy o ON o.id = c.occupancy WHERE o.ends_at > {}", NOW / 60);
        let holders = format!("SELECT count(DISTINCT c.occupancy) FROM pool_claim c {of_pool} {ahead}");
        // Minutes of the plant's day at which the claimed cells begin.
        let begins = async |minute: i64| {
            let at = format!("AND (c.starts_at + 480) % 1440 = {minute}");
            db.number(&format!("SELECT count(*) FROM pool_claim c {of_pool} {ahead} {at}")).await
        };
        let all = format!("SELECT count(*) FROM pool_claim c {of_pool} {ahead}");
        let before = (db.number(&holders).await, db.number(&all).await);
        assert!(before.0 > 0 && begins(480).await == before.1, "{before:?}");

        // The shift begins an hour earlier: the shares move to its cells, where they count for whoever comes next.
        let earlier = changed("sanlian.toml", "workdays = [\"08:00-16:00\"]", "workdays = [\"07:00-15:00\"]");
        apply(&store, earlier, "earlier".into(), NOW).await.expect("imported");
        assert_eq!(db.number(&holders).await, before.0, "nobody loses a share");
        assert_eq!(begins(420).await, db.number(&all).await);
        verify(&store).await.unwrap_or_else(|fault| panic!("{fault}"));

        // By the day, and with less room than is claimed: what is claimed stays, and no more fits.
        let daily = changed("sanlian.toml", "calendar = \"one-shift\"\nper = \"shift\"\ncapacity = 6", "calendar = \"one-shift\"\nper = \"day\"\ncapacity = 4");
        apply(&store, daily, "daily".into(), NOW).await.expect("imported");
        assert_eq!(db.number(&holders).await, before.0);
        assert_eq!(begins(0).await, db.number(&all).await);
        verify(&store).await.unwrap_or_else(|fault| panic!("{fault}"));
        store.close().await;
    }

    async fn a_lines_matrix_is_not_exchanged(db: TestDatabase) {
        let store = store(&db).await;
        apply(&store, demonstration(), "demo".into(), NOW).await.expect("imported");
        let before = contents(&db).await;
        let other = changed("hayao.toml", "matrix = \"coating\"", "matrix = \"oral\"");
        assert!(matches!(apply(&store, other, "demo".into(), NOW).await, Err(SetupError::Problems(_))));
        assert_eq!(contents(&db).await, before);
    }

    async fn a_new_matrix_starts_a_new_line_in_its_initial_state(db: TestDatabase) {
        let store = store(&db).await;
        let setup = changed("hayao.toml", "initial = \"aqueous\"", "initial = \"enteric\"");
        apply(&store, setup, "demo".into(), NOW).await.expect("imported");
        let head = "SELECT leaves FROM occupancy JOIN line ON line.id = occupancy.line WHERE head = 1 AND code = 'coat-1'";
        assert_eq!(db.number(head).await, 1);
    }
}
