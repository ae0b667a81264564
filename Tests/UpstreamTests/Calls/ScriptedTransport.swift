import Synchronization
import Upstream

/// A transport without a network: responds by path, and records the requests.
final class ScriptedTransport: Transport {
    /// What a request gets.
    typealias Outcome = Result<TransportResponse, TransportError>

    static let baseURL = "http://upstream.test/v1"

    private let response: @Sendable (TransportRequest) async -> Outcome
    private let journal = Mutex<[TransportRequest]>([])
    /// Whether requests that are sent together are served side by side, and not one after the other.
    private let isConcurrent: Bool

    /// Responds to each request.
    init(isConcurrent: Bool = false, requests response: @escaping @Sendable (TransportRequest) async -> Outcome) {
        self.isConcurrent = isConcurrent
        self.response = response
    }

    /// Responds to each request by its path and query below the base URL.
    convenience init(_ response: @escaping @Sendable (String) async -> Outcome) {
        self.init(requests: { await response($0.path) })
    }

    /// Responds from a table; with status 404 to everything else.
    convenience init(_ responses: [String: Outcome]) {
        self.init { responses[$0] ?? .status(404, "") }
    }

    /// All requests so far, in order.
    var requests: [TransportRequest] { journal.withLock { $0 } }

    /// The paths of all requests so far, in order.
    var paths: [String] { requests.map(\.path) }

    /// The methods, paths and bodies of all requests so far, in order.
    var log: [String] { requests.map(\.line) }

    func send(_ requests: [TransportRequest], receive: (Int, Outcome) -> Void) async {
        journal.withLock { $0 += requests }
        guard isConcurrent else {
            for (position, request) in requests.enumerated() { receive(position, await response(request)) }
            return
        }
        await withTaskGroup(of: (Int, Outcome).self) { group in
            for (position, request) in requests.enumerated() {
                group.addTask { [response] in (position, await response(request)) }
            }
            for await (position, outcome) in group { receive(position, outcome) }
        }
    }
}

extension TransportRequest {
    /// The path and query below the base URL.
    var path: String { String(url.dropFirst(ScriptedTransport.baseURL.count)) }

    /// The method, the path and the body, if there is one.
    var line: String {
        ([method, path] + (body.map { [String(decoding: $0, as: UTF8.self)] } ?? [])).joined(separator: " ")
    }
}

extension ScriptedTransport.Outcome {
    /// A response of any status.
    static func status(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) -> Self {
        .success(TransportResponse(status: status, headers: TransportHeaders(headers), body: Array(body.utf8)))
    }

    /// A success with a body that is JSON, or should be.
    static func json(_ body: String) -> Self { .status(200, body) }

    /// No response.
    static func broken(_ code: TransportError.Code) -> Self {
        .failure(TransportError(code, "Something of the network.", requestMayHaveBeenSent: true))
    }
}
