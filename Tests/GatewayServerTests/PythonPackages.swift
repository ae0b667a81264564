import Foundation
import GatewayTestSupport
import Testing

/// The Python packages that tests drive, in an environment of their own.
enum PythonPackages {
    /// Whether the clients of all versions and frameworks are driven, and not one of each protocol; `scripts/test.sh all` says so.
    static let runsAllClients = ProcessInfo.processInfo.environment["TEST_ALL_CLIENTS"] == "1"

    /// The path of an interpreter that has them; they are installed if they are not there yet.
    static func interpreter(_ name: String = "clients") async throws -> String {
        let environment = try await BuiltProgram.finish(
            "\(RepositoryFile.root)/scripts/python-clients.sh",
            [name],
            in: RepositoryFile.root
        )
        #expect(environment.status == 0, "\(environment.errors)")
        return environment.output.trimmingCharacters(in: .newlines) + "/bin/python"
    }
}
