//! `[[route]]`: how the platform makes an offering. A route for several offerings is one route for each of them.

use domain::{
    resource::{Line, Pool},
    route::{Route, RouteStep},
};

use super::{
    super::{
        codes::{Codes, part_id, platform_id},
        problem::Fault,
        section::{At, Section},
        validate,
        what::What,
    },
    hazard,
    platform::Known,
    step,
};

const MOST_STEPS: usize = 20;

pub(super) fn read(root: &Section<'_>, known: &Known<'_>, lines: &[Line], pools: &[Pool]) -> Vec<Route> {
    let mut codes = Codes::new(What::Route);
    let mut routes = Vec::new();
    for section in root.sections("route") {
        let code = codes.declare(&section, "code");
        let name = section.name();
        let offerings: Vec<At<String>> = hazard::offerings(&section, "offerings");
        if !section.has("offerings") {
            section.note(section.line, Fault::Missing { key: "offerings" });
        }
        let mut step_codes = Codes::new(What::Step);
        let steps: Vec<RouteStep> = section
            .sections("step")
            .into_iter()
            .enumerate()
            .map(|(at, step)| step::read(step, at, &mut step_codes, known, &offerings, lines, pools))
            .collect();
        if steps.is_empty() {
            section.note(section.line, Fault::Missing { key: "step" });
        }
        if steps.len() > MOST_STEPS {
            section.note(section.line, Fault::TooMany { what: What::Step, max: MOST_STEPS });
        }
        for offering in &offerings {
            validate::common_batch(&section, offering, &steps, lines);
            let code = format!("{code}/{}", offering.value);
            routes.push(Route {
                id: part_id(known.platform, "route", &code).into(),
                platform: platform_id(known.platform).into(),
                offering: offering.value.clone(),
                code,
                name: name.clone(),
                steps: steps.clone(),
            });
        }
        section.finish();
    }
    routes
}
