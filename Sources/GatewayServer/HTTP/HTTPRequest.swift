internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// A complete request with its body, as endpoints see it.
struct HTTPRequest: Sendable {
    /// The head.
    let requestHead: RequestHead
    var body: [UInt8]
    /// The IP address of the client; nil: the request came over a Unix socket.
    var peerAddress: String?
    /// The scheme of the client's connection: `https` if TLS ends here, or as a trusted proxy states; nil: it is unknown.
    var scheme: WebOrigin.Scheme?
    /// Identifies the request in the log and in its response.
    var id: String?
    /// The span of the request; nil: it is in no trace.
    var trace: RequestTrace?
    /// Records the executed operations; nil: no observer requested that.
    var notes: ExchangeNotes?
    /// The endpoint's offer that equal requests wait for the response; nil: none could.
    var sharing: SharingOffer?
    /// The endpoint's offer that the request is cancelled when its client leaves; nil: it would not be used.
    var cancellation: CancellationOffer?
    /// The record of what is counted against its client's minute, for a refund on overload; nil: there is none.
    var charge: ClientCharge?
    /// The client that its token identifies; nil: clients do not authenticate.
    var client: GatewayClient?

    init(_ head: RequestHead, body: [UInt8], peerAddress: String? = nil) {
        requestHead = head
        self.body = body
        self.peerAddress = peerAddress
    }

    init(head: HTTPRequestHead, body: [UInt8], peerAddress: String? = nil) {
        self.init(RequestHead(head), body: body, peerAddress: peerAddress)
    }

    /// The memory that the request takes, in bytes.
    var memoryBytes: Int { body.count + requestHead.memoryBytes }

    /// The head as it was parsed.
    var head: HTTPRequestHead { requestHead.parsed }

    /// Whether the client allows its connection to stay open.
    var keepsConnection: Bool { requestHead.keepsConnection }

    /// Whether NIO's decoder stops after the request, as it offers another protocol.
    var stopsDecoder: Bool { requestHead.stopsDecoder }

    private var target: RequestTarget { requestHead.target }

    var method: HTTPMethod { head.method }

    /// The path of the request's target, without its query.
    var path: Substring { target.path }

    /// The query of the request's target, without the question mark; nil: there is none.
    var query: Substring? { target.query }

    /// The host of the request, from its target or `Host`; nil: neither states it.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    var host: HostField? {
        if let authority = target.authority { return HostField(authority) }
        return head.headers.first(name: "host").flatMap { HostField($0) }
    }

    /// Whether the client offers to switch to the WebSocket protocol.
    var offersWebSocket: Bool {
        // A GET that lacks `Connection: Upgrade` is refused for that reason. https://www.rfc-editor.org/rfc/rfc9110#section-7.8
        guard head.version == .http1_1, method == .GET || stopsDecoder else { return false }
        return head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    }

    /// The values of all header fields of that name, joined as one.
    func header(_ name: String) -> String? { head.headers.joined(name) }
}
