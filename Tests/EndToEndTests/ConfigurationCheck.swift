import Foundation
import GatewayTestSupport

/// Checks configurations by `check-config`, each in a folder of its own.
struct ConfigurationCheck: Sendable {
    /// Where the configuration file is in the folder.
    let file: String

    private static let program = BuiltProgram(name: "workestra-gateway")

    /// Checks a configuration.
    ///
    /// - Parameters:
    ///   - text: the configuration file's text.
    ///   - arguments: further arguments.
    ///   - environment: variables, as `NAME=VALUE`.
    ///   - files: the texts of further files, by their paths in the folder.
    /// - Returns: what the program printed.
    /// - Throws: if files cannot be written, or the program does not end.
    func callAsFunction(
        _ text: String,
        _ arguments: [String] = [],
        environment: [String] = [],
        files: [String: String] = [:]
    ) async throws -> BuiltProgram.Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("check-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files.merging([file: text], uniquingKeysWith: { $1 }) {
            let path = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content.utf8).write(to: path)
        }
        let schema = ["--schema", RepositoryFile.root + "/schema"]
        return try await BuiltProgram.finish(
            "/usr/bin/env",
            environment + [Self.program.path, "check-config"] + schema + ["--config", file] + arguments,
            in: folder.path
        )
    }
}
