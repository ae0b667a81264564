import Foundation
import Glibc

/// A program of the package that runs until it is killed.
package final class RunningProgram: Sendable {
    private let identifier: pid_t

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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text: [UInt8] = []
        while !text.contains(UInt8(ascii: "\n")) {
            let part = output.fileHandleForReading.availableData
            if part.isEmpty { break }
            text += part
        }
        identifier = process.processIdentifier
        firstLine = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Ends the program at once, without a chance to tidy up.
    package func kill() {
        Glibc.kill(identifier, SIGKILL)
    }
}
