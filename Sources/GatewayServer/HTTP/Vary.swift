/// The request header fields that a response depends on: the value of `Vary`.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
struct Vary: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let authorization = Vary(rawValue: 1 << 0)
    static let workspaceKey = Vary(rawValue: 1 << 1)
    static let report = Vary(rawValue: 1 << 2)
    static let accept = Vary(rawValue: 1 << 3)
    static let acceptEncoding = Vary(rawValue: 1 << 4)
    static let origin = Vary(rawValue: 1 << 5)
    static let requestedMethod = Vary(rawValue: 1 << 6)
    static let requestedHeaders = Vary(rawValue: 1 << 7)

    /// The header fields that responses for a caller depend on.
    static let caller: Vary = [.authorization, .workspaceKey, .report, .accept]
    /// The header fields that the response to a preflight request depends on.
    static let preflight: Vary = [.origin, .requestedMethod, .requestedHeaders]

    private static let names = [
        "Authorization", "Workspace-Key", "Gateway-Report", "Accept", "Accept-Encoding", "Origin",
        "Access-Control-Request-Method", "Access-Control-Request-Headers",
    ]

    // PERF: nearly every response has one of these values, so that they are made once.
    private static let texts = (0...UInt8.max).map { bits in
        names.indices.filter { bits & 1 << $0 != 0 }.map { names[$0] }.joined(separator: ", ")
    }

    /// The value of `Vary`.
    var text: String { Self.texts[Int(rawValue)] }
}
