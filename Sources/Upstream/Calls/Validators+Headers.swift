internal import Caching

extension CachedResponse.Validators {
    /// A `Last-Modified` this close to its response can be followed by another change in the same second: it is a weak
    /// validator, and whoever revalidates with it may never see that change.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    private static let leastAge = 60

    /// Longer tags are not used: they would take up more than what they save, and servers refuse long heads.
    private static let maximumTagBytes = 1024

    /// The header fields of a conditional request: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.
    var conditions: [(name: String, value: String)] {
        if let entityTag { return [(name: "If-None-Match", value: entityTag)] }
        if let lastModified { return [(name: "If-Modified-Since", value: lastModified)] }
        return []
    }

    /// Whether a tag can be sent back as it is, and names one representation.
    ///
    /// Tags without quotes are none by the text, but are understood by those who send them. `*` would match any representation.
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3
    private static func isUsable(_ tag: String) -> Bool {
        !tag.isEmpty && tag != "*" && tag.utf8.count <= maximumTagBytes
            && tag.utf8.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }

    /// Reads the validators of a response that came at a time in Unix seconds.
    init(_ headers: TransportHeaders, unixTime: Int) {
        self.init(
            entityTag: headers.first("etag").flatMap { Self.isUsable($0) ? $0.compacted : nil }
        )
        // PERF: the date is not needed where there is a tag, which counts first.
        guard entityTag == nil, let text = headers.first("last-modified"), let time = HTTPDateField.unixTime(text)
        else { return }
        if (headers.upstreamTime ?? unixTime) - time >= Self.leastAge { lastModified = text }
    }
}
