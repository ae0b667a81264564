internal import Gateway
internal import NIOHTTP1

/// The transports for several results in one response, as negotiated by the header field `Accept`.
struct StreamNegotiation: Sendable {
    /// The transport of subscriptions; nil: the client accepts none.
    let subscriptions: (any StreamTransport)?
    /// The transport of a response in parts, with its format; nil: the client only accepts whole responses.
    let parts: (transport: any StreamTransport, format: IncrementalFormat)?
    /// Whether `Accept` names a media type of JSON for whole responses.
    let namesJSON: Bool

    /// Negotiates the transports; nil if the client accepts a single result only.
    init?(accept: String?) {
        // PERF: the values that nearly all clients send lack this letter, and are not parsed.
        guard let accept, accept.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "m") }) else { return nil }
        let offers = HeaderList.split(accept[...], on: ",").compactMap { Offer($0) }.filter { $0.weight > 0 }
        guard !offers.isEmpty else { return nil }
        // Of those with the same weight, the first.
        let ordered = offers.enumerated().sorted { left, right in
            left.element.weight == right.element.weight
                ? left.offset < right.offset : left.element.weight > right.element.weight
        }
        subscriptions = ordered.lazy.compactMap(\.element.subscriptions).first
        // A client that prefers JSON gets a whole response.
        let whole = ResponseMediaType.greatestWeight(in: accept)
        parts = ordered.lazy.filter { $0.element.weight >= whole ?? 0 }.compactMap(\.element.parts).first
        namesJSON = ResponseMediaType.isNamed(in: accept)
    }

    /// A media type for several results in `Accept`.
    private struct Offer {
        let weight: Int
        var subscriptions: (any StreamTransport)?
        var parts: (transport: any StreamTransport, format: IncrementalFormat)?

        init?(_ text: Substring) {
            guard let range = MediaType(text), range.isUTF8 else { return nil }
            weight = range["q"].map { Weight.read($0) ?? 0 } ?? Weight.most
            switch range.name {
            case "text/event-stream":
                let events = EventStreamTransport()
                (subscriptions, parts) = (events, (events, .current))
            case "multipart/mixed":
                if let specification = range["subscriptionspec"] {
                    guard specification == "1.0" else { return nil }
                    subscriptions = MultipartTransport()
                } else if let former = range["deferspec"] {
                    guard former == "20220824" else { return nil }
                    parts = (IncrementalTransport(.former), .former)
                } else if range["incrementalspec"].map({ $0 == "v0.2" }) ?? true {
                    parts = (IncrementalTransport(.current), .current)
                } else {
                    return nil
                }
            default: return nil
            }
        }
    }
}
