private import JSON

/// The origins of the latest requests, so that each is parsed once.
struct CurlOriginCache {
    private let capacity: Int
    private var latest: CurlOrigin?
    private var origins: [String: CurlOrigin] = [:]

    /// Makes a cache of `capacity` origins.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Checks a URL's characters and returns its origin.
    mutating func origin(ofURL url: String) throws(TransportError) -> CurlOrigin {
        let length = try CurlOrigin.length(inURL: url)
        if let latest, url.utf8.span.extracting(0..<length).hasSameBytes(as: latest.text.utf8.span) { return latest }
        let text = String(decoding: url.utf8.prefix(length), as: UTF8.self)
        let origin: CurlOrigin
        if let known = origins[text] {
            origin = known
        } else {
            origin = try CurlOrigin(text)
            if origins.count >= capacity { origins.removeAll(keepingCapacity: true) }
            origins[text] = origin
        }
        latest = origin
        return origin
    }
}
