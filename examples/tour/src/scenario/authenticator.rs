//! What the authenticator app of a scenario shows.

use handfast::Timestamp;
use serde_json::Value;

use super::duration;
use crate::authenticator::App;

/// The key of an object that stands for a code: `{"$app": secret}`, or `{"$app": secret, "after": "30s"}` for what the app
/// shows so much later.
pub(super) const KEY: &str = "$app";

pub(super) fn shown(secret: Option<&Value>, after: Option<&Value>, at: Timestamp) -> Result<String, String> {
    let secret = secret.and_then(Value::as_str).ok_or("`$app` is the secret of an app, a text")?;
    let at = match after {
        None => at,
        Some(after) => at + duration::parse(after.as_str().ok_or("`after` is a duration")?)?,
    };
    let app = App::shown(secret).map_err(|_| "`$app` is not in base 32".to_owned())?;
    Ok(app.code(at))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_app_shows_what_rfc_6238_says() {
        // appendix B: `12345678901234567890` in base 32, at 59 and 89 s; the last six of eight digits
        let secret = json!("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let at = Timestamp::from_millis(59_000);
        assert_eq!(shown(Some(&secret), None, at).unwrap(), "287082");
        let at = Timestamp::from_millis(1_111_111_079_000);
        assert_eq!(shown(Some(&secret), Some(&json!("30s")), at).unwrap(), "081804");
        assert_eq!(shown(None, None, at).unwrap_err(), "`$app` is the secret of an app, a text");
    }
}
