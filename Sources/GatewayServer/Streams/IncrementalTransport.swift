internal import Gateway

/// Sends the messages of a response in parts as parts of `multipart/mixed`.
///
/// https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md
struct IncrementalTransport: StreamTransport {
    let contentType: String

    let start = Array("--graphql".utf8)

    /// Empty, as the format has no keep-alive message.
    let heartbeat: [UInt8] = []

    let end = Array("--\r\n".utf8)

    init(_ format: IncrementalFormat) {
        contentType =
            switch format {
            case .current: "multipart/mixed; boundary=graphql; incrementalSpec=v0.2"
            case .former: "multipart/mixed; boundary=graphql; deferSpec=20220824"
            }
    }

    func part(_ result: [UInt8]) -> [UInt8] { MultipartTransport.part(of: result) }
}
