// Serves requests from memory, so that `scripts/count.sh` can count what they take, each from one socket to another.
//
// Usage: gateway-counts SCHEMA REQUESTS MODE, with one of the modes of `Mode`.

import CoreMetrics
import Dispatch
import Gateway
import GatewayServer
import Glibc
import GraphQL
import Logging
import Observability
import Upstream

/// Ends the program with a reason.
func fail(_ reason: String) -> Never {
    print("gateway-counts: \(reason)")
    exit(1)
}

/// The text of a file.
func contents(of path: String) -> String {
    // SAFETY: the path's bytes are read during the call only.
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { fail("\(path) cannot be read.") }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    // SAFETY: the kernel writes into the array during the call only.
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
}

/// A gateway with one event loop, in front of an upstream in memory.
struct CountedGateway {
    let service: GatewayService
    let server: HTTPServer

    /// Starts a gateway.
    init(schema path: String, mode: Mode, upstream: MemoryUpstream) async throws {
        var configuration = ServiceConfiguration(
            schema: try LoadedSchema(Source(contents(of: path), name: path)),
            workspaces: [WorkspaceConfiguration(slug: "main", baseURL: MemoryUpstream.baseURL)],
            transport: upstream
        )
        configuration.optimizations = mode.optimizations
        configuration.resultBytes = mode == .executed ? 0 : 8 << 20
        if mode == .observed {
            configuration.observer = Self.observer()
            configuration.telemetry.namesCallers = false
        }
        var parts = GatewayConfiguration(service: configuration)
        parts.server.listeners = [HTTPListener(.address(ListenAddress(host: "127.0.0.1", port: 0)))]
        parts.server.threads = 1
        let gateway = buildGateway(parts)
        service = gateway.service
        server = try await gateway.start()
    }

    /// What a gateway with metrics and a sampled access log notifies.
    private static func observer() -> any GatewayObserver {
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        let sink = StandardErrorSink()
        let logger = Logger(label: "access") { LineLogHandler(label: $0, format: .text, level: .info, sink: sink) }
        // With this seed, as many of the requests that are counted have a line as the share says.
        return ObserverList([MetricsObserver(registry), AccessLog(logger, .sampled(0.01), seed: 3)])
    }
}

guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[2]),
    let mode = Mode(rawValue: CommandLine.arguments[3])
else {
    fail("usage: gateway-counts SCHEMA REQUESTS \(Mode.allCases.map(\.rawValue).joined(separator: "|"))")
}
// The main thread waits itself: valgrind fails if it ends, as it does for an asynchronous main function.
let started = DispatchSemaphore(value: 0)
Task.detached {
    do {
        let upstream = MemoryUpstream()
        let gateway = try await CountedGateway(schema: CommandLine.arguments[1], mode: mode, upstream: upstream)
        if mode == .coalesced {
            CoalescedRequests(gateway: gateway, upstream: upstream).send(count)
        } else {
            sendRequests(count, mode, to: gateway.server)
        }
        exit(0)
    } catch {
        fail("\(error)")
    }
}
started.wait()
