internal import Gateway
internal import NIOCore
internal import NIOHTTP1

/// A request as an endpoint sees it: complete, with its body.
struct HTTPRequest: Sendable {
    /// What its head says.
    let requestHead: RequestHead
    var body: [UInt8]
    /// The IP address that the request comes from; nil over a Unix socket.
    var peerAddress: String?
    /// How the client reaches the gateway: over TLS that ends here, or as a trusted proxy says; nil: it is not known.
    var scheme: WebOrigin.Scheme?
    /// By which the request is found in the log and in its response.
    var id: String?
    /// The span of the request; nil: it is in no trace.
    var trace: RequestTrace?
    /// Where it is noted what is executed; nil: nobody asks for that.
    var notes: ExchangeNotes?
    /// Where the endpoint offers equal requests to wait for the response; nil: nobody could.
    var sharing: SharingOffer?
    /// Where the endpoint offers that the request ends when its client leaves; nil: nobody would end it.
    var cancellation: CancellationOffer?
    /// What is counted against its client's minute, to be taken back if it is refused for load; nil: that is not likely.
    var charge: ClientCharge?
    /// The client that its token names; nil: callers are not asked who they are.
    var client: GatewayClient?

    init(_ head: RequestHead, body: [UInt8], peerAddress: String? = nil) {
        requestHead = head
        self.body = body
        self.peerAddress = peerAddress
    }

    init(head: HTTPRequestHead, body: [UInt8], peerAddress: String? = nil) {
        self.init(RequestHead(head), body: body, peerAddress: peerAddress)
    }

    /// Its head as it was parsed.
    var head: HTTPRequestHead { requestHead.parsed }

    /// Whether its connection may stay open, as the client says.
    var keepsConnection: Bool { requestHead.keepsConnection }

    /// Whether NIO's decoder stops after the request, as another protocol may follow it.
    var stopsDecoder: Bool { requestHead.stopsDecoder }

    private var target: RequestTarget { requestHead.target }

    var method: HTTPMethod { head.method }

    /// The path of the request's target, without its query.
    var path: Substring { target.path }

    /// The query of the request's target, without the question mark; nil if there is none.
    var query: Substring? { target.query }

    /// The host that the request is sent to, as its target or `Host` says; nil if neither does.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    var host: HostField? {
        if let authority = target.authority { return HostField(authority) }
        return head.headers.first(name: "host").flatMap { HostField($0) }
    }

    /// Whether the connection is to go over to the WebSocket protocol.
    var offersWebSocket: Bool {
        // A GET that lacks `Connection: Upgrade` is refused for that reason. https://www.rfc-editor.org/rfc/rfc9110#section-7.8
        guard head.version == .http1_1, method == .GET || stopsDecoder else { return false }
        return head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    }

    /// The values of all header fields of that name, joined as one.
    func header(_ name: String) -> String? { head.headers.joined(name) }

    /// The fewest bytes that the request can have had on its way.
    var minimumWireBytes: Int {
        // `GET / HTTP/1.1`, line ends, and for each field a colon and a line end.
        let fields = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 3 }
        return head.method.rawValue.utf8.count + head.uri.utf8.count + 12 + fields + 2 + body.count
    }
}
