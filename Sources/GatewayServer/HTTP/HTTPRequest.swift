internal import NIOCore
internal import NIOHTTP1

/// A request as a door sees it: complete, with its body.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    let body: [UInt8]
    private let target: RequestTarget

    init(head: HTTPRequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
        target = RequestTarget(head.uri)
    }

    var method: HTTPMethod { head.method }

    /// The path of the request's target, without its query.
    var path: Substring { target.path }

    /// The query of the request's target, without the question mark; nil if there is none.
    var query: Substring? { target.query }

    /// The values of all header fields of that name, joined as one.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    func header(_ name: String) -> String? {
        var values = head.headers[name].makeIterator()
        guard var joined = values.next() else { return nil }
        while let more = values.next() { joined += ", " + more }
        return joined
    }
}
