/// The request header fields that responses depend on.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
enum Vary {
    // PERF: every response has one of these, so that they are put together once.
    private static let documents = [
        "Accept", "Accept, Accept-Encoding", "Accept, Origin", "Accept, Accept-Encoding, Origin",
    ]
    private static let callers = documents.map { "Authorization, Workspace-Key, Gateway-Report, " + $0 }

    /// The value of `Vary` for responses that depend on who asks.
    static func caller(byCoding: Bool, byOrigin: Bool) -> String {
        callers[(byCoding ? 1 : 0) + (byOrigin ? 2 : 0)]
    }

    /// The value of `Vary` for responses that are the same for everybody.
    static func document(byCoding: Bool, byOrigin: Bool) -> String {
        documents[(byCoding ? 1 : 0) + (byOrigin ? 2 : 0)]
    }
}
