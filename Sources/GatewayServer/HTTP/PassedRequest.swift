internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// Records what the bytes are that a connection decodes as HTTP, in one piece or in several.
///
/// Confined to the connection's event loop.
final class PassedRequest {
    /// The classification of bytes that came while the connection was idle.
    enum Outcome {
        /// The beginning of a request.
        case arriving
        /// One complete request and nothing more. Its bytes, if they identify its response: the connection stays open, and no interim response
        /// is requested; nil also if there are too many bytes.
        case request(RequestBytes?)
        /// Anything else.
        case other
    }

    /// The table in which requests of the same bytes find this one while it is executed.
    let repeated: RepeatedRequests
    private(set) var outcome = Outcome.arriving
    /// The head of the last complete request.
    private(set) var head: RequestHead?
    /// The response, if it was available at once.
    var response: HTTPResponse?
    /// All bytes so far, if they came in one piece and are few.
    private var piece: RequestBytes?
    /// The first bytes, at least up to the end of the head, if it has arrived.
    private var start: ByteBuffer
    /// The length of the head in bytes; nil: it has not arrived.
    private var headLength: Int?
    /// The number of bytes that have arrived.
    private var arrivedBytes: Int

    /// The most bytes of a head that is put together from pieces, as a copy is held in addition to the decoder's.
    private static let maximumHeadBytes = RequestHeadCache.maximumHeadBytes

    /// Records bytes that are about to be decoded.
    ///
    /// - Parameters:
    ///   - bytes: the bytes that begin a request.
    ///   - piece: the same bytes; nil: there are too many to be recognized.
    ///   - repeated: the table in which requests of the same bytes are found.
    init(_ bytes: ByteBuffer, _ piece: RequestBytes?, _ repeated: RepeatedRequests) {
        self.repeated = repeated
        self.piece = piece
        start = bytes
        headLength = bytes.headLength
        arrivedBytes = bytes.readableBytes
    }

    /// Records further bytes that are about to be decoded; only called while `waitsForMore`.
    func add(_ bytes: ByteBuffer) {
        piece = nil
        arrivedBytes += bytes.readableBytes
        guard headLength == nil else { return }
        start.writeBytes(bytes.readableBytesView.prefix(max(0, Self.maximumHeadBytes - start.readableBytes)))
        headLength = start.headLength
    }

    /// Whether further bytes have to be recorded.
    var waitsForMore: Bool {
        guard case .arriving = outcome else { return false }
        return headLength ?? arrivedBytes <= Self.maximumHeadBytes
    }

    /// Copies the needed bytes, so that the buffer in which they arrived is released.
    func releaseBuffer() {
        guard piece != nil || start.readableBytes > Self.maximumHeadBytes else { return }
        start = ByteBuffer(bytes: start.readableBytesView.prefix(headLength ?? arrivedBytes))
        piece = nil
    }

    /// Records a complete request.
    func note(_ request: HTTPRequest) {
        head = request.requestHead
        // A body in chunks takes more bytes than its content.
        guard case .arriving = outcome, !request.stopsDecoder, headLength == arrivedBytes - request.body.count else {
            outcome = .other
            return
        }
        let isRepeatable =
            request.head.version == .http1_1 && request.keepsConnection
            && !request.head.headers.contains(name: "expect")
        outcome = .request(isRepeatable ? piece ?? joined(request.body) : nil)
    }

    /// The bytes of a request that arrived in several pieces.
    private func joined(_ body: [UInt8]) -> RequestBytes? {
        guard arrivedBytes <= RequestBytes.maximumCount else { return nil }
        var bytes = ByteBuffer(bytes: start.readableBytesView.prefix(arrivedBytes - body.count))
        bytes.writeBytes(body)
        return RequestBytes(bytes)
    }

    /// Lets requests of the same bytes wait for the response; nil: they may not wait.
    func flight(_ window: SharingWindow?) -> RequestFlight? {
        guard let window, case .request(let request?) = outcome else { return nil }
        return repeated.begin(request, window)
    }
}
