import GraphQL
import NIOHTTP1
import Synchronization
import Testing

@testable import Gateway
@testable import GatewayServer

/// What is refused while too much is in progress.
@Suite struct LoadSheddingTests {
    /// Responds at once to GET, and later to everything else.
    private struct Worker: Endpoint {
        func reply(to request: HTTPRequest) -> HTTPReply {
            request.method == .GET ? .now(.text(.ok, "now")) : .later { .text(.ok, "later") }
        }
    }

    /// Counts each request against its client.
    private final class Counter: Endpoint {
        let counted = Mutex(0)

        func reply(to request: HTTPRequest) -> HTTPReply {
            counted.withLock { $0 += 1 }
            request.charge?.note { [self] in counted.withLock { $0 -= 1 } }
            return .later { .text(.ok, "later") }
        }
    }

    @Test func aClientDoesNotPayForWhatIsRefused() {
        let counter = Counter()
        let endpoint = counter.filtered(by: [LoadShedding(maximum: 2)])
        for _ in 0..<5 { _ = endpoint.reply(to: Self.request(.POST)) }
        #expect(counter.counted.withLock { $0 } == 2)
    }

    private static func request(_ method: HTTPMethod) -> HTTPRequest {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: "/", headers: ["Host": "a"])
        return HTTPRequest(head: head, body: [])
    }

    @Test func requestsThatHaveToWaitAreRefusedWhileTooManyDo() async throws {
        let endpoint = Worker().filtered(by: [LoadShedding(maximum: 2)])
        var waiting: [@Sendable () async -> HTTPResponse] = []
        for _ in 0..<2 {
            guard case .later(let respond) = endpoint.reply(to: Self.request(.POST)) else { continue }
            waiting.append(respond)
        }
        #expect(waiting.count == 2)
        for _ in 0..<3 {
            guard case .now(let refused) = endpoint.reply(to: Self.request(.POST)) else {
                Issue.record("A request too many is served.")
                return
            }
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.refusal?.code.rawValue == "OVERLOADED")
            #expect(refused.headers.contains { $0 == (name: "retry-after", value: "1") })
        }
        // What needs nobody else is served.
        guard case .now(let served) = endpoint.reply(to: Self.request(.GET)) else { return }
        #expect(served.status == .ok)
        #expect(await waiting[0]().status == .ok)
        guard case .later = endpoint.reply(to: Self.request(.POST)) else {
            Issue.record("A request is refused though another one has ended.")
            return
        }
    }
}
