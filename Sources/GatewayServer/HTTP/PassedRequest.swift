internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// The outcome of bytes that were read as HTTP, in one piece or in several.
///
/// Confined to the connection's event loop.
final class PassedRequest {
    /// Where others of the same bytes find the request while it is executed.
    let repeated: RepeatedRequests
    /// The first bytes, to the end of the head at least, if it has come.
    private var start: ByteBuffer
    /// How many bytes have come.
    private var arrivedBytes: Int
    /// All that has come, if that is one piece, and short.
    private var piece: RequestBytes?
    /// How many requests they ended.
    private var count = 0
    /// The head of the request that they ended; the last, if there were several.
    private(set) var head: RequestHead?
    /// Whether the bytes, which came between two requests, were one request, all of it and nothing more.
    ///
    /// A body in chunks is longer than its content, so that it is none.
    private(set) var isWhole = false
    /// The bytes, if they are one request, and short.
    private(set) var request: RequestBytes?
    /// Whether the same bytes have the same response, and nothing else happens: the connection goes on, and no interim response is asked
    /// for.
    private(set) var isRepeatable = false
    /// The response, if it was there at once.
    var response: HTTPResponse?

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
        arrivedBytes = bytes.readableBytes
    }

    /// Records more bytes that are about to be read.
    func add(_ bytes: ByteBuffer) {
        arrivedBytes += bytes.readableBytes
        guard start.headLength == nil else { return }
        let room = RequestBytes.maximumCount - start.readableBytes
        start.writeBytes(bytes.readableBytesView.prefix(room))
    }

    /// Whether the bytes are the beginning of one request, the end of which is still to come.
    ///
    /// What it takes to find that end is copied: the buffer is longer, and nothing else needs it.
    func waitsForMore() -> Bool {
        guard count == 0 else { return false }
        let length = start.headLength ?? arrivedBytes
        guard length <= RequestBytes.maximumCount else { return false }
        if piece != nil || start.readableBytes > length {
            start = ByteBuffer(bytes: start.readableBytesView.prefix(length))
            piece = nil
        }
        return true
    }

    /// Notes a request that is complete.
    func note(_ request: HTTPRequest) {
        head = request.requestHead
        isRepeatable =
            request.head.version == .http1_1 && request.keepsConnection
            && !request.head.headers.contains(name: "expect")
        count += 1
        isWhole = count == 1 && !request.stopsDecoder && start.headLength == arrivedBytes - request.body.count
        self.request = isWhole ? piece ?? joined(request.body) : nil
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
        guard let window, isRepeatable, let request else { return nil }
        return repeated.begin(request, window)
    }
}
