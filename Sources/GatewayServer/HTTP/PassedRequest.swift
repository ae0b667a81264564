internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// The outcome of bytes that were read as HTTP.
///
/// Confined to the connection's event loop.
final class PassedRequest {
    /// The bytes.
    private let request: RequestBytes
    /// Where others of the same bytes find the request while it is executed.
    private let repeated: RepeatedRequests
    /// The head of the request that they ended; the last, if there were several.
    private(set) var head: RequestHead?
    /// The length of its body.
    private var bodyBytes = 0
    /// Whether the same bytes have the same response, and nothing else happens: the connection goes on, and no interim response is asked
    /// for.
    private(set) var isRepeatable = false
    /// How many requests they ended.
    private var count = 0
    /// The response, if it was there at once.
    var response: HTTPResponse?

    /// Records bytes that are about to be read.
    init(_ request: RequestBytes, _ repeated: RepeatedRequests) {
        self.request = request
        self.repeated = repeated
    }

    /// Notes a request that is complete.
    func note(_ request: HTTPRequest) {
        head = request.shared
        bodyBytes = request.body.count
        isRepeatable =
            request.head.version == .http1_1 && request.keepsConnection
            && !request.head.headers.contains(name: "expect")
        count += 1
    }

    /// Whether the bytes, which came between two requests, were one request, all of it and nothing more.
    ///
    /// A body in chunks is longer than its content, so that it is none.
    var isWhole: Bool {
        guard count == 1, let head, !head.stopsDecoder else { return false }
        return request.headLength == request.bytes.readableBytes - bodyBytes
    }

    /// Lets requests of the same bytes wait for the response; nil: they may not.
    func flight(_ window: SharingWindow?) -> RequestFlight? {
        guard let window, isRepeatable, isWhole else { return nil }
        return repeated.begin(request, window)
    }
}
