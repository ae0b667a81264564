internal import JSON

extension ResponseReader {
    /// The time that a response asks to wait, by its header field or else by a member of its body; nil: it asks for none.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - unixTime: the upstream's Unix time in seconds, from which a date is counted.
    /// - Returns: the time to wait; nil if it asks for none.
    func statedRetryAfter(of response: TransportResponse, unixTime: Int) -> Duration? {
        guard response.status == 429 || response.status >= 500 else { return nil }
        if let text = response.headers.first("retry-after"),
            let duration = RetryAfterField.duration(text, unixTime: unixTime)
        {
            return duration
        }
        guard !conventions.retryAfter.isEmpty, let json = body(of: response), json.node(0).kind == .object else {
            return nil
        }
        let holders = [0] + (json.member(conventions.error, of: 0).map { [$0] } ?? [])
        for holder in holders where json.node(holder).kind == .object {
            for member in conventions.retryAfter {
                guard let text = json.member(member, of: holder).flatMap({ json.scalarText(of: $0) }),
                    let duration = RetryAfterField.duration(text, unixTime: unixTime)
                else { continue }
                return duration
            }
        }
        return nil
    }
}

extension Duration {
    /// The whole seconds, rounded up.
    var wholeSeconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}
