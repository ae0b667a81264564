internal import NIOCore
internal import NIOHTTP1

/// Assembles a request from its parts.
///
/// A value without I/O: it returns actions, which its owner performs.
struct RequestGathering {
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Whether the rest of a refused request is discarded.
    private var isDiscarding = false
    /// The IP address of the peer; nil: the connection is a Unix socket.
    var peerAddress: String?
    /// Whether requests come over TLS.
    var isSecure = false

    /// The action after a part.
    enum Action {
        /// Wait for more parts.
        case more
        /// Send 100 (Continue), so that the client sends the body.
        ///
        /// https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
        case sendContinue
        case complete(HTTPRequest)
        /// Respond with an error, and read nothing more.
        case refuse(RequestFault, HTTPRequestHead)
    }

    /// Whether no request has begun.
    var isEmpty: Bool { head == nil }

    /// The bytes of the request's body that have arrived.
    var bodyBytes: Int { body.count }

    /// The head of the request that has begun.
    var currentHead: HTTPRequestHead? { head }

    /// Adds a part.
    mutating func add(_ part: HTTPServerRequestPart, maximumBodyBytes: Int) -> Action {
        if isDiscarding { return .more }
        switch part {
        case .head(var head):
            head.headers.trimValues()
            self.head = head
            return begin(head, maximumBodyBytes: maximumBodyBytes)
        case .body(let bytes):
            guard let head else { return .more }
            guard body.count + bytes.readableBytes <= maximumBodyBytes else { return refuse(.tooLarge, head) }
            append(bytes)
            return .more
        case .end:
            guard let head else { return .more }
            let request = HTTPRequest(head: head, body: body)
            self.head = nil
            body = []
            return .complete(arrived(request))
        }
    }

    /// The request with the facts about its connection.
    func arrived(_ request: consuming HTTPRequest) -> HTTPRequest {
        request.peerAddress = peerAddress
        if isSecure { request.scheme = .https }
        return request
    }

    /// Drops the request, and discards later parts.
    mutating func discard() {
        isDiscarding = true
        head = nil
        body = []
    }

    /// Adds bytes to the body, whose memory grows with what arrives, as the stated length may be false.
    private mutating func append(_ bytes: ByteBuffer) {
        let count = body.count + bytes.readableBytes
        // By a quarter, so that less memory is allocated than twice the counted bytes.
        if count > body.capacity, !body.isEmpty { body.reserveCapacity(max(count, body.count + body.count / 4)) }
        body.append(contentsOf: bytes.readableBytesView)
    }

    private mutating func begin(_ head: HTTPRequestHead, maximumBodyBytes: Int) -> Action {
        if let fault = RequestFault(head) { return refuse(fault, head) }
        // A number that `Int` does not hold is too large as well: the parser has accepted it as one.
        if let length = head.headers.first(name: "content-length"), Int(length) ?? .max > maximumBodyBytes {
            return refuse(.tooLarge, head)
        }
        let expectations = HeaderList.split((head.headers.joined("expect") ?? "")[...], on: ",")
        let expectsContinue = expectations.contains { $0.lowercased() == "100-continue" }
        return expectsContinue && head.version != .http1_0 ? .sendContinue : .more
    }

    private mutating func refuse(_ fault: RequestFault, _ head: HTTPRequestHead) -> Action {
        discard()
        return .refuse(fault, head)
    }
}
