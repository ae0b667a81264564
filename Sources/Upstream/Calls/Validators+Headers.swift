internal import Caching

extension CachedResponse.Validators {
    /// The least seconds between `Last-Modified` and its response for a strong validator: with fewer, another change in the same second
    /// may follow, which a revalidation would never show.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    private static let leastAge = 60

    /// The most bytes of an entity tag: longer ones take up more than they save, and servers reject long heads.
    private static let maximumTagBytes = 1024

    /// The header fields of a conditional request: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.
    var conditions: [(name: String, value: String)] {
        if let entityTag { return [(name: "If-None-Match", value: entityTag)] }
        if let lastModified { return [(name: "If-Modified-Since", value: lastModified)] }
        return []
    }

    /// Whether an entity tag can be sent back unchanged, and identifies one representation.
    ///
    /// Tags without quotes are not valid, but the servers that send them understand them. `*` would match any representation.
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    private static func isUsable(_ tag: String) -> Bool {
        !tag.isEmpty && tag != "*" && tag.utf8.count <= maximumTagBytes
            && tag.utf8.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }

    /// Reads the validators of a response that was received at a Unix time in seconds.
    init(_ headers: TransportHeaders, unixTime: Int) {
        self.init(
            entityTag: headers.first("etag").flatMap { Self.isUsable($0) ? $0.compacted : nil }
        )
        // PERF: the date is not parsed if there is a tag, which takes precedence.
        guard entityTag == nil, let text = headers.first("last-modified"), let time = HTTPDateField.unixTime(text)
        else { return }
        if (headers.upstreamTime ?? unixTime) - time >= Self.leastAge { lastModified = text }
    }
}
