//! What is done row by row, with a closure that hears how far it has come.

use handfast_contract::{Kind, OPERATIONS, Operation};

use super::{HEAD, camel, swift};

const HEARD: &str = "
extension {class} {
    /// {about}
    ///
    /// `progress` hears, as rows are done, how many are, of how many; when it throws, the rest is done all the same,
    /// and the call ends with ``HandfastError/internal(_:)`` and what it said.
    public func {verb}(
{declared}        progress: @escaping @Sendable (_ done: UInt32, _ total: UInt32) async throws -> Void
    ) async throws -> {result} {
        try await {verb}({handed}progress: ProgressAdapter(progress))
    }
}
";

/// `hf.users.addMany(actor: ada, key: key, users: users) { done, total in .. }`.
pub(super) fn file() -> String {
    let bulk = OPERATIONS.iter().filter(|operation| operation.kind == Kind::Bulk);
    format!("// {HEAD}\n{}", bulk.map(heard).collect::<String>())
}

fn heard(bulk: &Operation) -> String {
    let declared =
        bulk.parameters.iter().map(|asked| format!("        {}: {},\n", camel(asked.name), swift(asked.shape)));
    let handed = bulk.parameters.iter().map(|asked| format!("{0}: {0}, ", camel(asked.name)));
    HEARD
        .replace("{about}", bulk.about)
        .replace("{class}", bulk.class)
        .replace("{verb}", &camel(bulk.verb))
        .replace("{declared}", &declared.collect::<String>())
        .replace("{result}", &swift(bulk.result))
        .replace("{handed}", &handed.collect::<String>())
}
