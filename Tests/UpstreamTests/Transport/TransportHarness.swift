import Testing
import Upstream

/// What a test compares of a result.
enum Outcome: Hashable, Sendable {
    /// A response with this status and text.
    case response(Int, String)
    /// No response, for this reason; and whether the request may have been sent.
    case failure(TransportError.Code, sent: Bool)

    init(_ result: Result<TransportResponse, TransportError>) {
        switch result {
        case .success(let response):
            self = .response(response.status, String(decoding: response.body, as: UTF8.self))
        case .failure(let error):
            self = .failure(error.code, sent: error.requestMayHaveBeenSent)
        }
    }
}

extension CurlTransport {
    /// Sends one request.
    func send(_ request: TransportRequest) async throws -> Result<TransportResponse, TransportError> {
        try #require(await send([request]).first)
    }

    /// Sends one request and returns its outcome; nil if there is not exactly one result.
    func outcome(
        _ method: String = "GET",
        _ url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(120)
    ) async -> Outcome? {
        let request = TransportRequest(method: method, url: url, headers: headers, body: body, timeout: timeout)
        let results = await send([request])
        return results.count == 1 ? results.first.map { Outcome($0) } : nil
    }
}

/// Runs a test with a transport, which it shuts down, and a server, which it stops.
func withTransport(
    isolation: isolated (any Actor)? = #isolation,
    to server: SocketServer,
    _ configuration: CurlTransportConfiguration = CurlTransportConfiguration(),
    _ body: (CurlTransport) async throws -> Void
) async throws {
    let transport = try CurlTransport(configuration: configuration)
    do {
        try await body(transport)
    } catch {
        await transport.shutDown()
        server.stop()
        throw error
    }
    await transport.shutDown()
    server.stop()
}

/// Returns a response with status 200 and this content.
func response(_ content: String, _ fields: String...) -> String {
    let head = ["HTTP/1.1 200 OK", "Content-Length: \(content.utf8.count)"] + fields
    return head.joined(separator: "\r\n") + "\r\n\r\n" + content
}
