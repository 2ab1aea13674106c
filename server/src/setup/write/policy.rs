//! `[policy]`: what is charged, how long is waited, and whom one asks.

use domain::policy::Policy;

use super::toml::{Toml, lasting};

pub(super) fn policy(policy: &Policy) -> String {
    let mut toml = Toml::head("[policy]");
    toml.put("hold", lasting(policy.hold_minutes));
    toml.put("max_holds", policy.max_holds);
    toml.put("reply_working_days", policy.reply_working_days);
    toml.put("reservation_percent", policy.reservation_percent);
    toml.put("free_move_days", policy.free_move_days);
    toml.put("min_notice", lasting(policy.min_notice));
    toml.put("horizon", lasting(policy.horizon));
    toml.put("ask_answer", lasting(policy.ask_answer));
    toml.put("ask_reach", lasting(policy.ask_reach));
    toml.put("move_most", policy.move_most);
    toml.put("ask_most", policy.ask_most);
    toml.put("auto_confirm", policy.auto_confirm);
    toml.put("plan_freeze_days", policy.plan_freeze_days);
    toml.put("plan_discount_percent", policy.plan_discount_percent);
    if let Some(rule) = &policy.use_or_lose {
        let (within, horizon) = (lasting(rule.within), lasting(rule.horizon));
        toml.put(
            "use_or_lose",
            format!("{{ times = {}, within = {within}, horizon = {horizon} }}", rule.times),
        );
    }
    let rungs: Vec<String> = policy
        .ladder
        .iter()
        .map(|rung| format!("  {{ notice_days = {}, percent = {} }},", rung.min_notice_days, rung.percent))
        .collect();
    toml.put("ladder", format!("[\n{}\n]", rungs.join("\n")));
    toml.0
}
