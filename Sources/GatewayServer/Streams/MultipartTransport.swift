internal import NIOHTTP1

/// Parts of `multipart/mixed`, as clients ask for with `subscriptionSpec=1.0`.
///
/// https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
struct MultipartTransport: StreamTransport {
    let contentType = "multipart/mixed; boundary=graphql; subscriptionSpec=1.0"

    let start = Array("--graphql".utf8)

    let heartbeat = MultipartTransport.part(of: Array("{}".utf8))

    let end = Array("--\r\n".utf8)

    /// Makes the transport if a request's `Accept` names it.
    init?(accept: String?) {
        let ranges = accept.map { HeaderList.split($0[...], on: ",").compactMap { MediaType($0) } } ?? []
        let isNamed = ranges.contains { range in
            range.name == "multipart/mixed" && range["subscriptionspec"].map { $0 == "1.0" } ?? false
        }
        guard isNamed else { return nil }
    }

    func part(_ result: [UInt8]) -> [UInt8] {
        Self.part(of: Array("{\"payload\":".utf8) + result + Array("}".utf8))
    }

    /// A part, with the boundary after it: without that, clients would wait for the next part to end this one.
    private static func part(of body: [UInt8]) -> [UInt8] {
        Array("\r\nContent-Type: application/json\r\n\r\n".utf8) + body + Array("\r\n--graphql".utf8)
    }
}
