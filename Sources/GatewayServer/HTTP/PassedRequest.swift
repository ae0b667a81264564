internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// The outcome of bytes that were read as HTTP, in one piece or in several.
///
/// Confined to the connection's event loop.
final class PassedRequest {
    /// What the bytes are, which came between two requests.
    enum Outcome {
        /// The beginning of a request.
        case arriving
        /// One request, all of it and nothing more. Its bytes, if those of an equal one have the same response and nothing else happens:
        /// the connection goes on, and no interim response is asked for; nil also if they are many.
        case request(RequestBytes?)
        /// Anything else.
        case other
    }

    /// Where others of the same bytes find the request while it is executed.
    let repeated: RepeatedRequests
    private(set) var outcome = Outcome.arriving
    /// The head of the request that has ended; the last, if there were several.
    private(set) var head: RequestHead?
    /// The response, if it was there at once.
    var response: HTTPResponse?
    /// All that has come, if it came in one piece and is short.
    private var piece: RequestBytes?
    /// The first bytes, up to the end of the head at least, if it has come.
    private var start: ByteBuffer
    /// The length of the head, if it has come.
    private var headLength: Int?
    /// How many bytes have come.
    private var arrivedBytes: Int

    /// Longer heads are not put together: a copy is held while the request arrives, beside what the decoder holds.
    private static let maximumHeadBytes = RequestHeadCache.maximumHeadBytes

    /// Records bytes that are about to be read.
    ///
    /// - Parameters:
    ///   - bytes: what comes after a request.
    ///   - piece: the same bytes; nil: there are too many to be recognized.
    ///   - repeated: where others of the same bytes look for the request.
    init(_ bytes: ByteBuffer, _ piece: RequestBytes?, _ repeated: RepeatedRequests) {
        self.repeated = repeated
        self.piece = piece
        start = bytes
        headLength = bytes.headLength
        arrivedBytes = bytes.readableBytes
    }

    /// Records more bytes that are about to be read; only while `waitsForMore`.
    func add(_ bytes: ByteBuffer) {
        piece = nil
        arrivedBytes += bytes.readableBytes
        guard headLength == nil else { return }
        start.writeBytes(bytes.readableBytesView.prefix(max(0, Self.maximumHeadBytes - start.readableBytes)))
        headLength = start.headLength
    }

    /// Whether the end of the request will be recognized.
    var waitsForMore: Bool {
        guard case .arriving = outcome else { return false }
        return headLength ?? arrivedBytes <= Self.maximumHeadBytes
    }

    /// Copies what is needed of the first bytes, so that the buffer in which they came is released.
    func releaseBuffer() {
        guard piece != nil || start.readableBytes > Self.maximumHeadBytes else { return }
        start = ByteBuffer(bytes: start.readableBytesView.prefix(headLength ?? arrivedBytes))
        piece = nil
    }

    /// Notes a request that is complete.
    func note(_ request: HTTPRequest) {
        head = request.requestHead
        // A body in chunks is longer than its content.
        guard case .arriving = outcome, !request.stopsDecoder, headLength == arrivedBytes - request.body.count else {
            outcome = .other
            return
        }
        let isRepeatable =
            request.head.version == .http1_1 && request.keepsConnection
            && !request.head.headers.contains(name: "expect")
        outcome = .request(isRepeatable ? piece ?? joined(request.body) : nil)
    }

    /// The bytes of a request that came in several pieces.
    private func joined(_ body: [UInt8]) -> RequestBytes? {
        guard arrivedBytes <= RequestBytes.maximumCount else { return nil }
        var bytes = ByteBuffer(bytes: start.readableBytesView.prefix(arrivedBytes - body.count))
        bytes.writeBytes(body)
        return RequestBytes(bytes)
    }

    /// Lets requests of the same bytes wait for the response; nil: they may not.
    func flight(_ window: SharingWindow?) -> RequestFlight? {
        guard let window, case .request(let request?) = outcome else { return nil }
        return repeated.begin(request, window)
    }
}
