internal import Gateway
internal import Upstream

/// Values of log lines.
enum LogField {
    private static let maximumLength = 200

    /// A text of a client's: visible ASCII characters, and not many.
    static func printable(_ text: some StringProtocol) -> String {
        String(
            decoding: text.utf8.prefix(maximumLength).map { (0x21...0x7E).contains($0) ? $0 : UInt8(ascii: "?") },
            as: UTF8.self
        )
    }

    /// Names the client of a request by its configured name, if it has one.
    static func client(of record: RequestRecord) -> String {
        record.client.map { printable($0) } ?? client(record.credential)
    }

    /// Names a client without its key: the first 12 digits of the key's SHA-256 digest.
    static func client(_ credential: Credential?) -> String {
        guard let credential else { return "anonymous" }
        return credential.fingerprint ?? "unknown"
    }
}

extension RequestOutcome {
    /// Where the result comes from: `executed`, `cached`, `shared`, or `none` if there is none.
    var origin: String {
        if isCachedResult { return "cached" }
        if isSharedResult { return "shared" }
        return kind == nil ? "none" : "executed"
    }
}

extension Duration {
    /// Whole milliseconds, with one decimal below a hundred.
    var milliseconds: Double {
        let tenths = Double(nanoseconds / 100_000) / 10
        return tenths < 100 ? tenths : tenths.rounded()
    }

    /// Whole milliseconds.
    var wholeMilliseconds: Int64 { nanoseconds / 1_000_000 }
}
