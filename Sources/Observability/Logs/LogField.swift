internal import Gateway
internal import Upstream

/// Formats the values of log lines.
enum LogField {
    private static let maximumLength = 200

    /// A client's text, limited in length and to visible ASCII characters.
    static func printable(_ text: some StringProtocol) -> String {
        String(
            decoding: text.utf8.prefix(maximumLength).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
    }

    /// The configured name of the client of a request, or else the fingerprint of its key.
    static func client(of record: RequestRecord) -> String {
        record.client.map { printable($0) } ?? client(record.credential)
    }

    /// A client without its key: the first 12 digits of the key's SHA-256 digest.
    static func client(_ credential: Credential?) -> String {
        guard let credential else { return "anonymous" }
        return credential.fingerprint ?? "unknown"
    }
}

extension RequestOutcome {
    /// The source of the result: `executed`, `cached`, `shared`, or `none` if there is none.
    var origin: String {
        if isCachedResult { return "cached" }
        if isSharedResult { return "shared" }
        return kind == nil ? "none" : "executed"
    }
}

extension Duration {
    /// The milliseconds, with one decimal below a hundred.
    var milliseconds: Double {
        let tenths = Double(nanoseconds / 100_000) / 10
        return tenths < 100 ? tenths : tenths.rounded()
    }

    /// Whole milliseconds.
    var wholeMilliseconds: Int64 { nanoseconds / 1_000_000 }
}
