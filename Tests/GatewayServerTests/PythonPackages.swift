import Foundation
import GatewayTestSupport
import Testing

/// The Python packages that tests drive, in an environment of their own.
enum PythonPackages {
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
