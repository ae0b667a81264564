import Foundation
import Glibc

/// A program of the package that runs until it is killed.
package final class RunningProgram: Sendable {
    private let child: ChildProcess

    /// The first line that the program printed.
    package let firstLine: String

    /// Starts a program in a folder, and returns when it has printed a line or ended.
    ///
    /// It waits on a thread of its own, so that no other test waits for it.
    package static func start(
        _ program: BuiltProgram,
        _ arguments: [String],
        in folder: String
    ) async throws -> RunningProgram {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try RunningProgram(program, arguments, in: folder) })
            }
        }
    }

    private init(_ program: BuiltProgram, _ arguments: [String], in folder: String) throws {
        child = try ChildProcess.start(program.path, arguments, in: folder)
        let text = child.read(child.output, firstLineOnly: true)
        firstLine = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Ends the program at once, without a chance to tidy up.
    package func kill() {
        Glibc.kill(child.identifier, SIGKILL)
        _ = child.wait()
    }
}
