//! `[platform]` and everything that belongs to it.

use super::super::{
    Places, PlatformSetup,
    codes::{Codes, platform_id},
    section::Section,
    what::What,
};

/// What the sections after it may refer to.
pub(super) struct Known<'a> {
    pub platform: &'a str,
    pub calendars: Codes,
    pub matrices: Codes,
    pub pools: Codes,
    pub lines: Codes,
}

/// Reads the platform of a file; `None` if the file has none.
pub(super) fn read(root: &Section<'_>) -> Option<PlatformSetup> {
    let head = root.maybe_section("platform")?;
    let code = Codes::new(What::Platform).declare(&head, "code");
    let name = head.name();
    let illustrative = head.flag("illustrative", false);
    let contact = head.maybe_text("contact").map(|text| text.value).unwrap_or_default();
    head.finish();

    let mut known = Known {
        platform: &code,
        calendars: Codes::new(What::Calendar),
        matrices: Codes::new(What::Matrix),
        pools: Codes::new(What::Pool),
        lines: Codes::new(What::Line),
    };
    let calendars = super::calendar::read(root, &mut known);
    let matrices = super::matrix::read(root, &mut known);
    let pools = super::pool::read(root, &mut known);
    let lines = super::line::read(root, &mut known);
    let routes = super::route::read(root, &known, &lines, &pools);
    let policy = super::policy::read(root);

    let mut places = Places { file: root.reader.source.name.clone(), ..Places::default() };
    for matrix in &matrices {
        places.lines.insert(("matrix", matrix.code.clone()), known.matrices.line(&matrix.code));
    }
    for line in &lines {
        places.lines.insert(("line", line.code.clone()), known.lines.line(&line.code));
    }
    let id = platform_id(&code).into();
    Some(PlatformSetup {
        id,
        code,
        name,
        illustrative,
        contact,
        calendars,
        matrices,
        pools,
        lines,
        routes,
        policy,
        places,
    })
}
