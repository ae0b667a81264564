import Synchronization
import Upstream

/// A transport without a network: answers by path, and keeps account of what was asked.
final class ScriptedTransport: Transport {
    /// What a request gets.
    typealias Outcome = Result<TransportResponse, TransportError>

    static let baseURL = "http://upstream.test/v1"

    private let answer: @Sendable (TransportRequest) async -> Outcome
    private let journal = Mutex<[TransportRequest]>([])
    /// Whether requests that are sent together are answered side by side, and not one after the other.
    private let isConcurrent: Bool

    /// Answers each request.
    init(isConcurrent: Bool = false, requests answer: @escaping @Sendable (TransportRequest) async -> Outcome) {
        self.isConcurrent = isConcurrent
        self.answer = answer
    }

    /// Answers each request by its path and query below the base URL.
    convenience init(_ answer: @escaping @Sendable (String) async -> Outcome) {
        self.init(requests: { await answer($0.path) })
    }

    /// Answers from a table; status 404 to everything else.
    convenience init(_ answers: [String: Outcome]) {
        self.init { answers[$0] ?? .status(404, "") }
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
            for (position, request) in requests.enumerated() { receive(position, await answer(request)) }
            return
        }
        await withTaskGroup(of: (Int, Outcome).self) { group in
            for (position, request) in requests.enumerated() {
                group.addTask { [answer] in (position, await answer(request)) }
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
    /// An answer of any status.
    static func status(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) -> Self {
        .success(TransportResponse(status: status, headers: TransportHeaders(headers), body: Array(body.utf8)))
    }

    /// A success with a body that is JSON, or should be.
    static func json(_ body: String) -> Self { .status(200, body) }

    /// No answer.
    static func broken(_ code: TransportError.Code) -> Self {
        .failure(TransportError(code, "Something of the network.", requestMayHaveBeenSent: true))
    }
}
