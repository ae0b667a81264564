import Synchronization
import Upstream

/// An upstream within the process: 100 posts and their 10 authors, as `benchmarks/harness/dataset.py` has them.
final class MemoryUpstream: Transport {
    private struct State {
        var isHeld = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.isHeld { state.waiting.append(continuation) }
                return state.isHeld
            }
            if !isHeld { continuation.resume() }
        }
        for (position, request) in requests.enumerated() { receive(position, .success(Self.response(to: request.url))) }
    }

    /// Responds to nothing until `release()`.
    func hold() { state.withLock { $0.isHeld = true } }

    /// Responds to what has been waiting, and at once from now on.
    func release() {
        let waiting = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// How much an author's path has before the number.
    private static let authorPath = "/users/"

    private static func response(to url: String) -> TransportResponse {
        let path = url.dropFirst(baseURL.count)
        if path == "/posts" { return TransportResponse(status: 200, body: Array(posts.utf8)) }
        guard path.hasPrefix(authorPath), let number = Int(path.dropFirst(authorPath.count)) else {
            return TransportResponse(status: 404)
        }
        return TransportResponse(status: 200, body: Array(author(number).utf8))
    }

    /// What the upstream's paths are appended to.
    static let baseURL = "http://upstream"

    private static let posts: String = {
        let rows = (1...100).map { number in
            """
              {
                "userId": \((number - 1) / 10 + 1),
                "id": \(number),
                "title": "harbour lantern meadow copper window ribbon",
                "body": "thunder pebble garden ladder winter marble silent\\nfeather bridge candle orchard whistle velvet"
              }
            """
        }
        return "[\n\(rows.joined(separator: ",\n"))\n]"
    }()

    private static func author(_ number: Int) -> String {
        """
        {
          "id": \(number),
          "name": "Edith Eriksen",
          "username": "edith",
          "email": "edith.eriksen@example.com",
          "phone": "+44 20 7946 0001",
          "website": "edith-eriksen.example.com",
          "address": {"street": "\(number) Window Street", "zipcode": "00001"},
          "company": {"name": "Eriksen & Co", "slogan": "copper window ribbon thunder"}
        }
        """
    }
}
