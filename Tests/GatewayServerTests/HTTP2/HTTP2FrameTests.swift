import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Synchronization
import Testing

/// HTTP/2 frame by frame: what ends a stream, what ends the connection, and how a connection stops.
@Suite(.timeLimit(.minutes(15))) struct HTTP2FrameTests {
    private static let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_http2_frames.py"

    /// What each case leads to, in order: the kind of an event, its stream, and its status or error code.
    private static let results: [(name: String, events: JSONValue)] = [
        ("settings", [100, 65536]),
        // The first requests come before the client has seen the settings.
        ("one20000", [["status", 1, 200], ["status", 3, 200], ["status", 5, 200]]),
        ("four15000", [["status", 1, 200], ["status", 3, 200], ["status", 5, 200]]),
        ("one70000", [["status", 1, 431], ["status", 3, 200], ["status", 5, 431]]),
        ("fields150", [["status", 1, 431], ["status", 3, 200], ["status", 5, 431]]),
        ("zeroWindow", [["reset", 3, 1], ["status", 1, 200]]),
        ("windowOverflow", [["reset", 3, 3], ["status", 1, 200]]),
        ("dataAfterEnd", [["status", 3, 200], ["reset", 3, 5], ["status", 1, 200]]),
        ("lateData", [["reset", 3, 1], ["window", 0, 10000], ["window", 0, 20], ["status", 1, 200]]),
        ("tooManyStreams", [["reset", 201, 7], ["status", 1, 200], ["status", 203, 200]]),
        ("connectionError", [["goaway", 7, 1], ["closed", 0, 0]]),
        ("leadingSpace", [["reset", 3, 1], ["status", 1, 200]]),
        ("emptyNameIndexed", [["reset", 3, 1], ["status", 1, 200], ["status", 5, 200]]),
        ("emptyNameNotIndexed", [["reset", 3, 1], ["status", 1, 200], ["status", 5, 200]]),
        ("emptyNameNeverIndexed", [["reset", 3, 1], ["status", 1, 200], ["status", 5, 200]]),
        ("emptyNameInTrailers", [["reset", 3, 1], ["status", 1, 200], ["status", 5, 200]]),
        ("trailingTab", [["reset", 3, 1], ["status", 1, 200]]),
        ("pathWithoutSlash", [["reset", 3, 1], ["status", 1, 200]]),
        ("otherHost", [["reset", 3, 1], ["status", 1, 200]]),
        ("otherPort", [["reset", 3, 1], ["status", 1, 200]]),
        ("emptyHost", [["reset", 3, 1], ["status", 1, 200]]),
        ("secondHost", [["reset", 3, 1], ["status", 1, 200]]),
        ("sameHost", [["status", 3, 200], ["status", 1, 200]]),
        ("lowercaseMethod", [["status", 3, 501], ["status", 1, 200]]),
        ("signedLength", [["reset", 3, 1], ["status", 1, 200]]),
        ("emptyLength", [["reset", 3, 1], ["status", 1, 200]]),
        ("emptyScheme", [["reset", 3, 1], ["status", 1, 200]]),
        ("unknownMethod", [["status", 3, 501], ["status", 1, 200]]),
    ]

    @Test func errorsOfStreamsLeaveOtherStreamsOpen() async throws {
        try await HTTP2Script(name: "python_http2_frames.py", arguments: ["frames"]).run { results in
            for (name, events) in Self.results { #expect(results[name] == events, "\(name)") }
            #expect(results.objectValue?.count == Self.results.count)
        }
    }

    /// Lends a gateway with a held upstream to a test, and a client that has begun to go through a case.
    private static func withHeldGateway(
        _ name: String,
        observer: (any GatewayObserver)? = nil,
        _ body: (HeldGateway, RunningProgram) async throws -> Void
    ) async throws {
        let python = try await PythonPackages.interpreter("http2")
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        try await HeldGateway.run(observer: observer, tls: try TLSCredentials(files)) { gateway async throws in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let arguments = [script, "\(address.port)", files.certificate, name]
            let client = try await RunningProgram.start(path: python, arguments, in: RepositoryFile.root)
            try await body(gateway, client)
        }
    }

    private static func events(of client: RunningProgram) async throws -> JSONValue {
        try JSONValue(parsing: Array(try await client.finish().errors.utf8))
    }

    @Test func framesOnAnEndedStreamResetItAlone() async throws {
        try await Self.withHeldGateway("ended") { gateway, client async throws in
            #expect(try await client.errorLine() == "reset\n")
            gateway.upstream.open()
            let events = try await Self.events(of: client)
            #expect(events == [["reset", 3, 5], ["reset", 5, 5], ["status", 1, 200]])
        }
    }

    /// Writes down the codes of the requests that have ended.
    private final class CodeObserver: GatewayObserver {
        private let state = Mutex<[[String]]>([])

        func requestCompleted(_ record: RequestRecord) { state.withLock { $0.append(record.outcome.errorCodes) } }

        func codes(of count: Int) async -> [[String]] {
            while state.withLock({ $0.count }) < count, !Task.isCancelled { await Task.yield() }
            return state.withLock { $0 }
        }
    }

    @Test func aQueryWhoseStreamIsResetMakesNoMoreCalls() async throws {
        let observer = CodeObserver()
        try await Self.withHeldGateway("reset", observer: observer) { gateway, client async throws in
            #expect(try await Self.events(of: client) == [["ping", 0, 1]])
            gateway.upstream.open()
            #expect(await observer.codes(of: 1) == [["REQUEST_CANCELLED"]])
            #expect(gateway.upstream.paths == ["/thing"])
        }
    }

    @Test func streamsOpenedBeforeGOAWAYIsReadAreServed() async throws {
        try await Self.withHeldGateway("stop") { gateway, client async throws in
            await gateway.upstream.requests(reach: 1)
            async let stopped: Void = gateway.server.shutDown(delays: false)
            #expect(try await client.errorLine() == "refused\n")
            gateway.upstream.open()
            let events: JSONValue = [
                ["goaway", 0x7FFF_FFFF, 0], ["ping", 0, 0], ["goaway", 3, 0], ["reset", 5, 7], ["status", 1, 200],
                ["status", 3, 200], ["closed", 0, 0],
            ]
            #expect(try await Self.events(of: client) == events)
            try await stopped
        }
    }
}
