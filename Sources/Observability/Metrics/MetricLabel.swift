internal import Gateway
internal import GraphQL
internal import Upstream

/// The values of labels, each from a small set.
enum MetricLabel {
    private static let methods = ["POST", "GET", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD"]
    private static let codes = ErrorCodeTable.entries.map(\.code.rawValue)

    /// A method, or `other` if it is not one of the usual ones.
    static func method(_ method: String) -> String { methods.contains(method) ? method : "other" }

    /// An error code, or `OTHER` if it is not one of the gateway's own.
    static func code(_ code: String) -> String { codes.contains(code) ? code : "OTHER" }

    /// A kind of upstream call.
    static func kind(_ kind: CallKind) -> String { kind == .read ? "read" : "write" }

    /// The lane of calls without a waiting client.
    static let background = "background"

    /// The outcome of an upstream call: its status or status class, or the reason why it has none.
    static func outcome(_ outcome: UpstreamCallRecord.Outcome) -> String {
        switch outcome {
        case .response(let status, _):
            switch status {
            case 304, 401, 403, 404, 429: return "\(status)"
            case 100...599: return "\(status / 100)xx"
            default: return "other"
            }
        case .failure(let error):
            switch error.code {
            case .timedOut: return "timeout"
            case .couldNotConnect, .couldNotResolve: return "unreachable"
            case .tls: return "tls"
            case .closedEarly, .truncated: return "closed"
            case .cancelled: return "cancelled"
            default: return "failed"
            }
        }
    }

    /// The kind of a configuration change.
    static func change(_ record: ConfigurationRecord) -> String {
        switch record {
        case .keyReplaced: "key_replaced"
        case .keyUnusable: "key_unusable"
        case .reloaded: "reloaded"
        case .refused: "refused"
        }
    }
}
