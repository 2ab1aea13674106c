//! The names of constraints, read from the definitions: SQLite reports a unique constraint by its columns only.

/// A unique constraint, primary key or unique index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unique {
    pub name: &'static str,
    pub table: &'static str,
    pub columns: Vec<&'static str>,
}

/// The unique constraints of one definition.
#[must_use]
pub fn unique_constraints(definition: &'static str) -> Vec<Unique> {
    let mut table = "";
    let mut found = Vec::new();
    for text in definition.lines().map(str::trim) {
        if let Some(rest) = text.strip_prefix("CREATE TABLE ") {
            table = word(rest);
        } else if let Some(rest) = text.strip_prefix("CONSTRAINT ") {
            let kind = rest.trim_start_matches(word(rest)).trim_start();
            if kind.starts_with("UNIQUE") || kind.starts_with("PRIMARY KEY") {
                found.push(Unique { name: word(rest), table, columns: columns(kind) });
            }
        } else if let Some(rest) = text.strip_prefix("CREATE UNIQUE INDEX ")
            && let Some((name, on)) = rest.split_once(" ON ")
        {
            found.push(Unique { name, table: word(on), columns: columns(on) });
        }
    }
    found
}

fn word(text: &'static str) -> &'static str {
    text.split_whitespace().next().unwrap_or_default()
}

fn columns(text: &'static str) -> Vec<&'static str> {
    let inside = text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(list, _)| list);
    inside.split(',').map(str::trim).collect()
}
