import Gateway
import GatewayTestSupport
import Synchronization
import Testing

@testable import GatewayServer

/// Operators ask for profiles as profilers do.
@Suite(.timeLimit(.minutes(1))) struct ProfileEndpointTests {
    /// Notes how long profiles were to be.
    private final class Recorder: ProfileRecording {
        private let durations = Mutex<[Duration]>([])
        private let failure: ProfileFailure?

        init(failure: ProfileFailure? = nil) { self.failure = failure }

        var recorded: [Duration] { durations.withLock { $0 } }

        func record(for duration: Duration) async throws(ProfileFailure) -> [UInt8] {
            durations.withLock { $0.append(duration) }
            if let failure { throw failure }
            return [1, 2, 3]
        }
    }

    private static func response(_ method: String, _ query: String, _ recorder: Recorder) async throws -> String {
        var response = ""
        let operators = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
        try await withGateway {
            $0.server.profiler = recorder
            $0.server.listeners = [HTTPListener(operators, purpose: .administration)]
        } _: { gateway async throws in
            #expect(try await gateway.send("GET", "/debug/pprof/profile").status == 404)
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let raw = try RawConnection(to: address)
            raw.send("\(method) /debug/pprof/profile\(query) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            response = await raw.readToEnd()
        }
        return response
    }

    @Test(arguments: [("", 10), ("?seconds=1", 1), ("?debug=0&seconds=60", 60)])
    func aProfileHasTheLengthThatIsAskedFor(query: String, seconds: Int) async throws {
        let recorder = Recorder()
        let response = try await Self.response("GET", query, recorder)
        #expect(response.hasPrefix("HTTP/1.1 200 ") && response.hasSuffix("\r\n\r\n\u{1}\u{2}\u{3}"))
        #expect(response.contains("\r\ncontent-type: application/octet-stream\r\n"))
        #expect(recorder.recorded == [.seconds(seconds)])
    }

    @Test(arguments: ["?seconds=0", "?seconds=61", "?seconds=", "?seconds=1.5", "?seconds=-1"])
    func otherLengthsAreRefused(query: String) async throws {
        let recorder = Recorder()
        let response = try await Self.response("GET", query, recorder)
        #expect(response.hasPrefix("HTTP/1.1 400 ") && response.contains(#""code":"BAD_REQUEST""#))
        #expect(recorder.recorded.isEmpty)
    }

    @Test func oneProfileIsRecordedAtATime() async throws {
        let response = try await Self.response("GET", "?seconds=7", Recorder(failure: .busy))
        #expect(response.hasPrefix("HTTP/1.1 503 ") && response.contains("\r\nretry-after: 7\r\n"))
        #expect(response.contains(#""code":"OVERLOADED""#))
    }

    @Test func otherMethodsAreNotAllowed() async throws {
        let response = try await Self.response("POST", "", Recorder())
        #expect(response.hasPrefix("HTTP/1.1 405 ") && response.contains("\r\nallow: GET"))
    }
}
