import Foundation

/// A program of the package, as built beside the tests.
package struct BuiltProgram: Sendable {
    package let name: String

    /// What a program printed, and how it ended.
    package struct Result: Sendable, Equatable {
        package let status: Int32
        package let output: String
        package let errors: String
    }

    package init(name: String) {
        self.name = name
    }

    /// Whether the package has the program.
    package var exists: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// The path of its executable.
    package var path: String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// Runs the program in a folder until it ends.
    package func run(_ arguments: [String], in folder: String) throws -> Result {
        try Self.run(path, arguments, in: folder)
    }

    /// Runs the program on a thread of its own until it ends.
    package func finish(_ arguments: [String], in folder: String) async throws -> Result {
        try await Self.finish(path, arguments, in: folder)
    }

    /// Runs any program in a folder until it ends.
    package static func run(_ path: String, _ arguments: [String], in folder: String) throws -> Result {
        let child = try ChildProcess.start(path, arguments, in: folder)
        // What goes to standard error fits into the pipe, so that reading one after the other cannot block.
        let text = child.read(child.output)
        let complaints = child.read(child.errors)
        return Result(
            status: child.wait(),
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaints, as: UTF8.self)
        )
    }

    /// Runs any program on a thread of its own, so that no other test waits for it.
    package static func finish(_ path: String, _ arguments: [String], in folder: String) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try run(path, arguments, in: folder) })
            }
        }
    }
}
