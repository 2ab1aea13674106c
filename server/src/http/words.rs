//! The words of problems, in both languages.

use app::{
    contract::{Failure, FieldFault, FieldProblem, RefusalView},
    language::Language,
};

/// The refusal of who asks to wait, or for room to be made, where there is some.
const ROOM_FOUND: &str = "room_found";

/// Every problem: its stable name, and its title in Chinese and in English.
pub const PROBLEMS: &[(&str, &str, &str)] = &[
    ("unreadable", "请求无法读取", "The request can't be read"),
    ("unauthenticated", "请先登录", "Sign in first"),
    ("wrong-credentials", "邮箱或密码不正确", "Wrong e-mail address or password"),
    ("forbidden", "没有权限", "Not allowed"),
    ("unverified", "企业尚未核验", "The company is not verified yet"),
    ("foreign-origin", "请求来自其他网站", "The request came from another site"),
    ("not-found", "未找到", "Not found"),
    ("wrong-method", "不支持该请求方法", "The method is not supported here"),
    ("conflict", "与当前排期不符", "Not as the schedule is now"),
    ("in-the-way", "有预约受影响", "Bookings are in the way"),
    ("too-large", "请求过大", "The request is too large"),
    ("wrong-media", "请求的内容类型不受支持", "The content type is not supported"),
    ("invalid", "字段有误", "A field is wrong"),
    ("refused", "规则不允许", "Refused by a rule"),
    ("key-reused", "幂等键已用于另一请求", "The idempotency key was used with another request"),
    ("too-many", "请求过于频繁", "Too many requests"),
    ("busy", "系统繁忙", "Busy"),
    ("internal", "系统内部错误", "Internal error"),
];

/// The failure's stable name.
#[must_use]
pub const fn name(failure: &Failure) -> &'static str {
    match failure {
        Failure::Unreadable { .. } => "unreadable",
        Failure::Unauthenticated => "unauthenticated",
        Failure::WrongCredentials => "wrong-credentials",
        Failure::Forbidden => "forbidden",
        Failure::Unverified => "unverified",
        Failure::ForeignOrigin => "foreign-origin",
        Failure::NotFound => "not-found",
        Failure::WrongMethod => "wrong-method",
        Failure::Conflict { .. } | Failure::Unsearched { .. } => "conflict",
        Failure::InTheWay { .. } => "in-the-way",
        Failure::TooLarge => "too-large",
        Failure::WrongMedia => "wrong-media",
        Failure::Invalid { .. } => "invalid",
        Failure::Refused { .. } => "refused",
        Failure::KeyReused => "key-reused",
        Failure::TooMany { .. } => "too-many",
        Failure::Busy => "busy",
        Failure::Internal { .. } => "internal",
    }
}

/// What kind of failure it is.
#[must_use]
pub fn title(failure: &Failure, language: Language) -> &'static str {
    let name = name(failure);
    let words = PROBLEMS.iter().find(|(known, ..)| *known == name);
    match (words, language) {
        (Some((_, zh, _)), Language::zh_CN) => zh,
        (Some((_, _, en)), Language::en) => en,
        (None, _) => name,
    }
}

/// What happened, and what to do about it.
#[must_use]
pub fn detail(failure: &Failure, language: Language) -> String {
    let (zh, en) = match failure {
        Failure::Unreadable { cause } => {
            (format!("请求不是有效的 JSON：{cause}"), format!("The request is not valid JSON: {cause}"))
        }
        Failure::Unauthenticated => both(
            "请登录，或在 Authorization 头中提供有效的令牌。",
            "Sign in, or send a valid token in the Authorization header.",
        ),
        Failure::WrongCredentials => {
            both("请检查邮箱和密码后重试。", "Check the e-mail address and the password, then try again.")
        }
        Failure::Forbidden => both("您的角色不能进行此操作。", "Your role does not permit this."),
        Failure::Unverified => both(
            "平台或新区核验企业后，才能进行此操作。",
            "A platform or the district has to verify the company before this is possible.",
        ),
        Failure::ForeignOrigin => both(
            "出于安全考虑，只接受来自本站页面的写操作；程序请使用令牌。",
            "For safety, writes are accepted only from this site's own pages; programs use a token.",
        ),
        Failure::NotFound => {
            both("该资源不存在，或您无权查看。", "It does not exist, or you may not see it.")
        }
        Failure::WrongMethod => {
            both("此地址存在，但不支持该方法。", "This address exists, but not with this method.")
        }
        Failure::Unsearched { refusal, retry_after_seconds: seconds } => (
            format!(
                "所选时段已不可用：{}检索过于频繁，{seconds} 秒后可重新检索其他方案。",
                why(Language::zh_CN, refusal)
            ),
            format!(
                "What you chose is no longer free: {} You have searched too often: search for alternatives in \
                 {seconds} seconds.",
                why(Language::en, refusal)
            ),
        ),
        Failure::Conflict { refusal, alternatives, .. } => {
            // Whoever asks for what needn't be waited or made room for has chosen nothing that somebody took.
            let (zh, en) = if refusal.reason == ROOM_FOUND {
                ("", "")
            } else {
                ("所选时段已不可用：", "What you chose is no longer free: ")
            };
            let instead = match alternatives.len() {
                1 => "There is 1 alternative.".to_owned(),
                count => format!("There are {count} alternatives."),
            };
            (
                format!("{zh}{}另有 {} 个可选方案。", why(Language::zh_CN, refusal), alternatives.len()),
                format!("{en}{} {instead}", why(Language::en, refusal)),
            )
        }
        Failure::InTheWay { hits } => (
            format!("有 {} 项预约或停用安排与此冲突，请先将其改期、取消或解除。", hits.len()),
            match hits.len() {
                1 => "A booking or closure is in the way; move, cancel or lift it first.".to_owned(),
                count => {
                    format!("{count} bookings or closures are in the way; move, cancel or lift them first.")
                }
            },
        ),
        Failure::TooLarge => both("请求内容超过允许的大小。", "The body is larger than permitted."),
        Failure::WrongMedia => {
            both("请以 Content-Type: application/json 发送。", "Send it with Content-Type: application/json.")
        }
        Failure::Invalid { faults } => {
            let (zh, en): (Vec<_>, Vec<_>) = faults.iter().map(field_detail).unzip();
            (zh.concat(), en.join(" "))
        }
        Failure::Refused { refusal } => (why(Language::zh_CN, refusal), why(Language::en, refusal)),
        Failure::KeyReused => both(
            "同一 Idempotency-Key 只能用于重试同一请求；新的请求请换用新的键。",
            "An Idempotency-Key may only repeat the same request; take a fresh key for a new one.",
        ),
        Failure::TooMany { retry_after_seconds } => (
            format!("请在 {retry_after_seconds} 秒后重试。"),
            match retry_after_seconds {
                1 => "Try again in a second.".to_owned(),
                seconds => format!("Try again in {seconds} seconds."),
            },
        ),
        Failure::Busy => both("请稍后重试。", "Try again in a moment."),
        Failure::Internal { .. } => both(
            "原因已记录在日志中；反馈时请附上请求编号。",
            "The cause is in the log; quote the request id when you report it.",
        ),
    };
    match language {
        Language::zh_CN => zh,
        Language::en => en,
    }
}

/// A refusal as the pages word it, as a sentence.
fn why(language: Language, refusal: &RefusalView) -> String {
    let stop = match language {
        Language::zh_CN => "。",
        Language::en => ".",
    };
    let words = app::words::refusal(language, refusal);
    if words.ends_with(stop) { words } else { words + stop }
}

fn field_detail(FieldFault { field, problem }: &FieldFault) -> (String, String) {
    match problem {
        FieldProblem::Missing => {
            (format!("缺少字段“{field}”。"), format!("The field \"{field}\" is missing."))
        }
        FieldProblem::Malformed { example } => (
            format!("字段“{field}”格式不正确，应为：{example}。"),
            format!("The field \"{field}\" is malformed; expected: {example}."),
        ),
        FieldProblem::OutOfRange { min, max } if min == max => {
            (format!("字段“{field}”应为 {min}。"), format!("The field \"{field}\" must come to {min}."))
        }
        FieldProblem::OutOfRange { min, max } => (
            format!("字段“{field}”应在 {min} 与 {max} 之间。"),
            format!("The field \"{field}\" must lie between {min} and {max}."),
        ),
        FieldProblem::TooLong { max } => (
            format!("字段“{field}”最长 {max} 个字符。"),
            format!("The field \"{field}\" may have {max} characters at most."),
        ),
        FieldProblem::TooShort { min } => (
            format!("字段“{field}”至少 {min} 个字符。"),
            format!("The field \"{field}\" must have {min} characters at least."),
        ),
        FieldProblem::Several { names } => (
            format!("字段“{field}”有多个匹配：{}。", names.join("、")),
            format!("The field \"{field}\" fits several: {}.", names.join(", ")),
        ),
        FieldProblem::Unknown { value } => (
            format!("字段“{field}”的值“{value}”未知。"),
            format!("The field \"{field}\" has an unknown value: \"{value}\"."),
        ),
        FieldProblem::Invisible => (
            format!("字段“{field}”含有不可见字符或多余的换行。"),
            format!("The field \"{field}\" holds invisible characters or a line break."),
        ),
        FieldProblem::Taken => {
            (format!("字段“{field}”的值已被使用。"), format!("The field \"{field}\" is already in use."))
        }
        FieldProblem::TooNarrow { minutes } => (
            format!("字段“{field}”要求时间窗口至少 {minutes} 分钟。"),
            format!("The field \"{field}\" needs a window of at least {minutes} minutes."),
        ),
        FieldProblem::Frozen { days } => (
            format!("字段“{field}”：开始前 {days} 天起排期即固定，窗口余下的部分不足以改期。"),
            format!(
                "The field \"{field}\": {days} days before its start a campaign is final, and what is left of \
                 the window leaves nothing to move it in."
            ),
        ),
        FieldProblem::TooLate { latest } => (
            format!("字段“{field}”不得晚于 {latest}。"),
            format!("The field \"{field}\" must not be after {latest}."),
        ),
        FieldProblem::Reversed { start } => (
            format!("字段“{field}”应晚于“{start}”。"),
            format!("The field \"{field}\" must be later than \"{start}\"."),
        ),
    }
}

fn both(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

#[cfg(test)]
mod tests {
    use app::{contract::Failure, language::Language};

    use super::{PROBLEMS, name, title};

    #[test]
    fn every_failure_has_a_title_in_both_languages() {
        for failure in [
            Failure::Unreadable { cause: String::new() },
            Failure::Unauthenticated,
            Failure::WrongCredentials,
            Failure::Forbidden,
            Failure::Unverified,
            Failure::ForeignOrigin,
            Failure::NotFound,
            Failure::WrongMethod,
            Failure::InTheWay { hits: Vec::new() },
            Failure::TooLarge,
            Failure::WrongMedia,
            Failure::KeyReused,
            Failure::TooMany { retry_after_seconds: 1 },
            Failure::Busy,
            Failure::Internal { request: String::new() },
        ] {
            assert!(PROBLEMS.iter().any(|(known, ..)| *known == name(&failure)), "{failure:?}");
            assert_ne!(title(&failure, Language::zh_CN), title(&failure, Language::en));
        }
    }
}
