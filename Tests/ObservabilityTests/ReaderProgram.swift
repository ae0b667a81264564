import Foundation
import GatewayTestSupport
import Testing

/// Runs programs that read what the gateway shows.
enum ReaderProgram {
    /// What a program prints about bytes.
    static func output(_ path: String, _ arguments: [String], of bytes: [UInt8]) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let result = try await BuiltProgram.finish(
            "/bin/sh",
            ["-c", "input=$1; shift; exec \"$@\" < \"$input\"", "sh", file.path, path] + arguments,
            in: RepositoryFile.root
        )
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        return result.output
    }

    /// What a script of Python prints about bytes.
    static func python(_ script: String, of bytes: [UInt8]) async throws -> String {
        let environment = try await BuiltProgram.finish(
            "\(RepositoryFile.root)/scripts/python-clients.sh",
            ["monitoring"],
            in: RepositoryFile.root
        )
        #expect(environment.status == 0, "\(environment.errors)")
        let interpreter = environment.output.trimmingCharacters(in: .newlines) + "/bin/python"
        return try await output(interpreter, ["\(RepositoryFile.root)/Tests/ObservabilityTests/\(script)"], of: bytes)
    }
}
