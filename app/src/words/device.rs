//! What somebody signed in with.

use super::say;
use crate::language::Language;

/// Characters of a program's own name that are shown.
const SHOWN: usize = 60;

/// A browser and its system, as of its User-Agent header; a program that is no browser by the name that it gives.
#[must_use]
pub fn device(language: Language, agent: Option<&str>) -> String {
    let Some(agent) = agent.map(str::trim).filter(|agent| !agent.is_empty()) else {
        return say!(language, office.device.unknown).to_owned();
    };
    // So do all browsers begin, for no reason that is left; other programs say who they are.
    if !agent.starts_with("Mozilla/") {
        let shown: String = agent.chars().take(SHOWN).collect();
        return if shown.len() < agent.len() { format!("{shown}…") } else { shown };
    }
    let browser = browser(language, agent).unwrap_or_else(|| say!(language, office.device.another));
    match system(language, agent) {
        Some(system) => say!(language, office.device.on, browser = browser, system = system).to_string(),
        None => browser.to_owned(),
    }
}

/// Those that are made of another name it too: they come before it.
fn browser(language: Language, agent: &str) -> Option<&'static str> {
    let says = |tokens: &[&str]| tokens.iter().any(|token| agent.contains(token));
    Some(if says(&["MicroMessenger/"]) {
        say!(language, office.device.wechat)
    } else if says(&["HuaweiBrowser/"]) {
        say!(language, office.device.huawei)
    } else if says(&["QQBrowser/"]) {
        say!(language, office.device.qq)
    } else if says(&["UCBrowser/"]) {
        say!(language, office.device.uc)
    } else if says(&["SamsungBrowser/"]) {
        say!(language, office.device.samsung)
    } else if says(&["YaBrowser/"]) {
        say!(language, office.device.yandex)
    } else if says(&["Edg/", "EdgA/", "EdgiOS/"]) {
        say!(language, office.device.edge)
    } else if says(&["OPR/"]) {
        say!(language, office.device.opera)
    } else if says(&["Firefox/", "FxiOS/"]) {
        say!(language, office.device.firefox)
    } else if says(&["Chromium/", "HeadlessChrome/"]) {
        say!(language, office.device.chromium)
    } else if says(&["Chrome/", "CriOS/"]) {
        say!(language, office.device.chrome)
    } else if says(&["Safari/"]) {
        say!(language, office.device.safari)
    } else {
        return None;
    })
}

/// An iPhone says that it is like a Mac, and Android that it is a Linux.
fn system(language: Language, agent: &str) -> Option<&'static str> {
    let says = |tokens: &[&str]| tokens.iter().any(|token| agent.contains(token));
    Some(if says(&["Windows"]) {
        say!(language, office.device.windows)
    } else if says(&["HarmonyOS", "OpenHarmony"]) {
        say!(language, office.device.harmony)
    } else if says(&["Android"]) {
        say!(language, office.device.android)
    } else if says(&["iPhone"]) {
        say!(language, office.device.iphone)
    } else if says(&["iPad"]) {
        say!(language, office.device.ipad)
    } else if says(&["Macintosh"]) {
        say!(language, office.device.mac)
    } else if says(&["CrOS"]) {
        say!(language, office.device.chromeos)
    } else if says(&["Linux"]) {
        say!(language, office.device.linux)
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    #[test]
    fn a_browser_is_named_with_its_system() {
        let said = |agent: &str| device(Language::en, Some(agent));
        let linux = format!("Mozilla/5.0 (X11; Linux x86_64) {CHROME}");
        assert_eq!(said(&linux), "Chrome on Linux");
        assert_eq!(said(&linux.replace("Chrome/", "HeadlessChrome/")), "Chromium on Linux");
        assert_eq!(device(Language::zh_CN, Some(&linux)), "Linux 上的 Chrome");
        let windows = format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}");
        assert_eq!(said(&windows), "Chrome on Windows");
        assert_eq!(said(&format!("{windows} Edg/131.0.0.0")), "Edge on Windows");
        assert_eq!(
            said("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"),
            "Firefox on Windows"
        );
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        assert_eq!(said(&format!("{phone} Version/18.1 Mobile/15E148 Safari/604.1")), "Safari on iPhone");
        assert_eq!(said(&format!("{phone} Mobile/15E148 MicroMessenger/8.0.53")), "WeChat on iPhone");
        let huawei =
            "Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) AppleWebKit/537.36 (KHTML, like Gecko)";
        assert_eq!(
            said(&format!("{huawei} Chrome/114.0 HuaweiBrowser/15.0 Mobile Safari/537.36")),
            "Huawei Browser on HarmonyOS"
        );
    }

    #[test]
    fn whatever_else_there_is_goes_by_its_own_name() {
        let said = |agent: &str| device(Language::en, Some(agent));
        assert_eq!(said("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(said(&"x".repeat(100)), format!("{}…", "x".repeat(SHOWN)));
        assert_eq!(said("Mozilla/5.0 (compatible)"), "Another program");
        assert_eq!(said("Mozilla/5.0 (X11; Linux x86_64)"), "Another program on Linux");
        assert_eq!(device(Language::en, None), "Program not known");
        assert_eq!(device(Language::zh_CN, Some(" ")), "登录程序未知");
    }
}
