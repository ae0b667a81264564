internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// The outcome of bytes that were read as HTTP.
struct PassedRequest {
    /// The request that they ended; the last, if there were several.
    private var request: HTTPRequest?
    /// How many requests they ended.
    private var count = 0
    /// The response, if it was there at once.
    var response: HTTPResponse?
    /// How long equal requests may begin to wait for the response; nil: they may not.
    var window: SharingWindow?

    /// Notes a request that is complete.
    mutating func note(_ request: HTTPRequest) {
        self.request = request
        count += 1
    }

    /// Whether bytes that came between two requests were one request, all of it and nothing more.
    ///
    /// A body in chunks is longer than its content, so that it is none.
    func isWhole(_ bytes: ByteBuffer) -> Bool {
        guard count == 1, let request, !request.stopsDecoder else { return false }
        return Self.headLength(bytes) == bytes.readableBytes - request.body.count
    }

    /// Whether the same bytes have the same response, and nothing else happens: the connection goes on, and no interim response is asked
    /// for.
    var isRepeatable: Bool {
        guard let request else { return false }
        return request.head.version == .http1_1 && request.head.isKeepAlive
            && !request.head.headers.contains(name: "expect")
    }

    /// The length of a head that ends with its first empty line, with line ends as they should be; nil if it does not.
    private static func headLength(_ bytes: ByteBuffer) -> Int? {
        unsafe bytes.withUnsafeReadableBytes { pointer in
            var position = 0
            while position + 1 < pointer.count {
                guard unsafe pointer[position] == UInt8(ascii: "\n") else {
                    position += 1
                    continue
                }
                // A decoder might take a bare line feed for a line's end.
                guard position > 0, unsafe pointer[position - 1] == UInt8(ascii: "\r") else { return nil }
                switch unsafe pointer[position + 1] {
                case UInt8(ascii: "\n"): return nil
                case UInt8(ascii: "\r"):
                    guard position + 2 < pointer.count, unsafe pointer[position + 2] == UInt8(ascii: "\n") else {
                        return nil
                    }
                    return position + 3
                default: position += 1
                }
            }
            return nil
        }
    }
}
