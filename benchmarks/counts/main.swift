// Serves requests from memory, so that `scripts/count.sh` can count what they take: each from one socket to another, each
// with an operation that is new to the gateway, over cached responses.
//
// Usage: gateway-counts SCHEMA REQUESTS cached|executed
// Results are cached, so that operations with the same signature use them again, or each operation is executed.

import Dispatch
import Gateway
import GatewayServer
import Glibc
import GraphQL
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

/// Starts a gateway with one event loop.
func startServer(schema path: String, cachesResults: Bool) async throws -> HTTPServer {
    let schema = try LoadedSchema(Source(contents(of: path), name: path))
    let workspace = Workspace(
        index: 0,
        slug: "main",
        client: UpstreamClient(baseURL: MemoryUpstream.baseURL, transport: MemoryUpstream()),
        conventions: schema.bindings.conventions
    )
    var options = HTTPServerOptions()
    options.threads = 1
    return try await HTTPServer.start(
        service: GatewayService(
            schema: schema,
            broker: CallBroker(workspaces: [workspace]),
            resultBytes: cachesResults ? 8 << 20 : 0
        ),
        listen: ListenAddress(host: "127.0.0.1", port: 0),
        options: options
    )
}

/// The body of the request of a number.
func body(_ number: Int) -> String {
    let query =
        "query($v: Boolean!) { p\(100_000 + number): posts @include(if: $v) { id userId title user { id name email } } }"
    return "{\"query\": \"\(query)\", \"variables\": {\"v\": true}}"
}

/// Sends the requests, after a few that fill the gateway's memory.
func sendRequests(_ count: Int, to server: HTTPServer) {
    guard let client = BlockingClient(to: server.address) else { fail("The gateway cannot be reached.") }
    let fewest = 50
    for number in 0..<fewest + count {
        guard let response = client.post(body(number), until: "}]}}") else {
            fail("Request \(number) has no response.")
        }
        guard response.count > 10_000 else {
            fail("A response is too short: \(String(decoding: response, as: UTF8.self))")
        }
    }
}

guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[2]),
    ["cached", "executed"].contains(CommandLine.arguments[3])
else {
    fail("usage: gateway-counts SCHEMA REQUESTS cached|executed")
}
// The main thread waits itself: valgrind fails if it ends, as it does for an asynchronous main function.
let started = DispatchSemaphore(value: 0)
Task.detached {
    do {
        let cachesResults = CommandLine.arguments[3] == "cached"
        sendRequests(count, to: try await startServer(schema: CommandLine.arguments[1], cachesResults: cachesResults))
        exit(0)
    } catch {
        fail("\(error)")
    }
}
started.wait()
