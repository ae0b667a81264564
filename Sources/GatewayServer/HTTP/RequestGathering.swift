internal import NIOCore
internal import NIOHTTP1

/// Puts a request together from its parts.
///
/// A value without I/O: it says what to do, its owner does it.
struct RequestGathering {
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Whether the rest of a refused request is thrown away.
    private var isDiscarding = false

    /// What to do after a part.
    enum Action {
        /// Wait for more parts.
        case more
        /// Tell the client to send the body.
        ///
        /// https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
        case sendContinue
        case complete(HTTPRequest)
        case refuse(Fault)
    }

    /// Why a request is refused before it is complete.
    enum Fault: Hashable {
        /// Its body is too large.
        case tooLarge
        /// It has no header field `Host`, or several: https://www.rfc-editor.org/rfc/rfc9112#section-3.2-6.
        case host
        /// Its body is encoded in a way that is not known: https://www.rfc-editor.org/rfc/rfc9112#section-6.1-14.
        case transferCoding
    }

    /// Whether no request has begun.
    var isEmpty: Bool { head == nil }

    /// Adds a part.
    mutating func add(_ part: HTTPServerRequestPart, maximumBodyBytes: Int) -> Action {
        if isDiscarding { return .more }
        switch part {
        case .head(let head):
            self.head = head
            return begin(head, maximumBodyBytes: maximumBodyBytes)
        case .body(let bytes):
            guard body.count + bytes.readableBytes <= maximumBodyBytes else { return refuse(.tooLarge) }
            body.append(contentsOf: bytes.readableBytesView)
            return .more
        case .end:
            guard let head else { return .more }
            let request = HTTPRequest(head: head, body: body)
            self.head = nil
            body = []
            return .complete(request)
        }
    }

    private mutating func begin(_ head: HTTPRequestHead, maximumBodyBytes: Int) -> Action {
        if head.version == .http1_1, head.headers["host"].count != 1 { return refuse(.host) }
        if head.headers.contains(name: "transfer-encoding"),
            head.headers[canonicalForm: "transfer-encoding"].map({ $0.lowercased() }) != ["chunked"]
        {
            return refuse(.transferCoding)
        }
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }) {
            guard length <= maximumBodyBytes else { return refuse(.tooLarge) }
            body.reserveCapacity(length)
        }
        let expectation = head.headers.first(name: "expect")?.lowercased()
        return expectation == "100-continue" && head.version == .http1_1 ? .sendContinue : .more
    }

    private mutating func refuse(_ fault: Fault) -> Action {
        isDiscarding = true
        head = nil
        body = []
        return .refuse(fault)
    }
}
