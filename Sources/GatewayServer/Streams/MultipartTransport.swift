internal import Gateway

/// Sends results as parts of `multipart/mixed`, which clients request by `subscriptionSpec=1.0`.
///
/// https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
struct MultipartTransport: StreamTransport {
    let contentType = "multipart/mixed; boundary=graphql; subscriptionSpec=1.0"

    let start = Array("--graphql".utf8)

    let heartbeat = MultipartTransport.part(of: Array("{}".utf8))

    let end = Array("--\r\n".utf8)

    func part(_ result: [UInt8]) -> [UInt8] {
        Self.part(of: Array("{\"payload\":".utf8) + result + Array("}".utf8))
    }

    /// The last message of a subscription that ends with errors, which are beside the payload.
    func failure(_ result: [UInt8], errors: [UInt8]) -> [UInt8] {
        Self.part(of: Array("{\"payload\":null,\"errors\":".utf8) + errors + Array("}".utf8))
    }

    /// A part with the boundary after it, without which clients would not know that it is complete.
    static func part(of body: [UInt8]) -> [UInt8] {
        Array("\r\nContent-Type: application/json\r\n\r\n".utf8) + body + Array("\r\n--graphql".utf8)
    }
}
