import JSON
import Sandbox

/// A running sandbox with little data, and a client of it.
struct SandboxHarness {
    let server: SandboxServer
    let clock: ManualClock

    /// Starts a sandbox without limits on a free port, runs the body, and stops the sandbox whatever happens.
    static func run(
        _ change: (inout SandboxConfiguration) -> Void = { _ in },
        body: (SandboxHarness) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        var configuration = SandboxConfiguration()
        configuration.workspaces = 2
        configuration.projects = 6
        configuration.issues = 60
        configuration.plan = .unlimited
        configuration.now = { clock.now }
        change(&configuration)
        let server = try await SandboxServer.start(configuration: configuration)
        do {
            try await body(SandboxHarness(server: server, clock: clock))
        } catch {
            try await server.shutdown()
            throw error
        }
        try await server.shutdown()
    }

    /// Sends one request to a path below `/api/v1`, and returns the response.
    func send(
        _ method: String = "GET",
        _ path: String,
        key: String? = "wsk_live_acme",
        headers: [String] = [],
        body: String? = nil
    ) async throws -> HTTPReply {
        try await sendRaw(
            request(method, "/api/v1" + path, key: key, headers: headers + ["Connection: close"], body: body)
        )
    }

    /// Sends one request to a path as it stands, without a key.
    func sendOwn(_ method: String, _ path: String) async throws -> HTTPReply {
        try await sendRaw(request(method, path, key: nil, headers: ["Connection: close"], body: nil))
    }

    /// The text of one request.
    func request(_ method: String, _ target: String, key: String?, headers: [String], body: String?) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: sandbox"] + headers
        if let key { lines.append("Authorization: Bearer \(key)") }
        if let body {
            if !headers.contains(where: { $0.hasPrefix("Content-Type") }) {
                lines.append("Content-Type: application/json")
            }
            lines.append("Content-Length: \(body.utf8.count)")
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    /// All ids of a list, page by page.
    func allIDs(_ path: String, perPage: Int) async throws -> [String] {
        var ids: [String] = []
        for page in 1...100 {
            let separator = path.contains("?") ? "&" : "?"
            let reply = try await send("GET", "\(path)\(separator)page=\(page)&per_page=\(perPage)")
            if reply.ids.isEmpty { break }
            ids += reply.ids
        }
        return ids
    }

    private func sendRaw(_ text: String) async throws -> HTTPReply {
        let replies = HTTPReply.parse(try await HTTPExchange.bytes(text, port: server.port))
        guard replies.count == 1 else { throw UnexpectedReplies(count: replies.count) }
        return replies[0]
    }
}

/// There was not exactly one response.
struct UnexpectedReplies: Error {
    let count: Int
}
