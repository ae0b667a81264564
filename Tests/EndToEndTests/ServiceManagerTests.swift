import Foundation
import GatewayTestSupport
import Glibc
import Testing

/// What the built program reports to the service manager that started it: sd_notify(3).
@Suite(.timeLimit(.minutes(15))) struct ServiceManagerTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// A socket that receives datagrams, as a service manager has one.
    private struct Manager {
        let descriptor: Int32

        /// Binds the socket to a path of the file system, or to `@` and a name in the abstract name space.
        init(_ path: String) throws {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var name = Array(path.utf8)
            if name[0] == UInt8(ascii: "@") { name[0] = 0 }
            // SAFETY: a test's name fits into the path, and the address is read during the call only.
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
            let length = socklen_t(2 + name.count + (name[0] == 0 ? 0 : 1))
            let status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
            }
            try #require(status == 0)
        }

        /// Waits for the next message.
        func message() async -> String {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    var bytes = [UInt8](repeating: 0, count: 4096)
                    // SAFETY: the array has as much room as is said.
                    let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
                    continuation.resume(returning: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
                }
            }
        }
    }

    private func start(_ socket: String) async throws -> RunningProgram {
        try await RunningProgram.start(
            Self.program,
            ["serve", "--upstream", "http://127.0.0.1:9/api/v1", "--listen", "127.0.0.1:0", "--drain-timeout", "1"],
            in: RepositoryFile.root,
            environment: ["NOTIFY_SOCKET": socket]
        )
    }

    @Test func reportsThatItServesReloadsAndStops() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "notify-\(UUID().uuidString.prefix(8))"
        )
        .path
        let manager = try Manager(path)
        defer {
            close(manager.descriptor)
            // SAFETY: the path is read during the call only.
            unsafe unlink(path)
        }
        let gateway = try await start(path)
        #expect(await manager.message() == "READY=1")
        gateway.send(signal: SIGHUP)
        let reloading = await manager.message()
        #expect(reloading.wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=[0-9]+/) != nil)
        #expect(await manager.message() == "READY=1")
        gateway.send(signal: SIGTERM)
        #expect(await manager.message() == "STOPPING=1")
        #expect(try await gateway.finish().status == 0)
    }

    @Test func findsSocketsOfTheAbstractNameSpace() async throws {
        let name = "@notify-\(UUID().uuidString)"
        let manager = try Manager(name)
        defer { close(manager.descriptor) }
        let gateway = try await start(name)
        #expect(await manager.message() == "READY=1")
        gateway.send(signal: SIGTERM)
        #expect(await manager.message() == "STOPPING=1")
        #expect(try await gateway.finish().status == 0)
    }
}
