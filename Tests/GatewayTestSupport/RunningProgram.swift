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
    ///
    /// - Parameters:
    ///   - program: what to start.
    ///   - arguments: its arguments.
    ///   - folder: where.
    ///   - environment: variables beside those of the tests.
    ///   - descriptors: the most files that it may open; nil: as many as the tests may.
    ///   - isSoftLimit: whether it may raise that limit.
    /// - Returns: the running program.
    /// - Throws: why the program cannot be started.
    package static func start(
        _ program: BuiltProgram,
        _ arguments: [String],
        in folder: String,
        environment: [String: String] = [:],
        descriptors: Int? = nil,
        isSoftLimit: Bool = false
    ) async throws -> RunningProgram {
        var (path, all) = (program.path, arguments)
        if !environment.isEmpty {
            (path, all) = ("/usr/bin/env", environment.map { "\($0.key)=\($0.value)" } + [program.path] + arguments)
        }
        if let descriptors {
            let command = isSoftLimit ? "ulimit -S -n" : "ulimit -n"
            (path, all) = (
                "/bin/sh", ["-c", "\(command) \(descriptors); exec \"$0\" \"$@\"", program.path] + arguments
            )
        }
        return try await onThread { [path, all] in try RunningProgram(path, all, in: folder) }
    }

    /// Starts any program in a folder, and returns when it has printed a line or ended.
    package static func start(path: String, _ arguments: [String], in folder: String) async throws -> RunningProgram {
        try await onThread { try RunningProgram(path, arguments, in: folder) }
    }

    private init(_ path: String, _ arguments: [String], in folder: String) throws {
        child = try ChildProcess.start(path, arguments, in: folder)
        let text = child.read(child.output, firstLineOnly: true)
        firstLine = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// The port at the end of the first line, as in `http://127.0.0.1:8080`.
    package var port: Int? { firstLine.split(separator: ":").last.flatMap { Int($0) } }

    /// The process.
    package var identifier: Int { Int(child.identifier) }

    /// Sends a signal.
    package func send(signal: Int32) {
        Glibc.kill(child.identifier, signal)
    }

    /// Waits for the program's end; returns its status, and what it printed as errors.
    package func finish() async throws -> (status: Int32, errors: String) {
        try await Self.onThread { [child] in
            let errors = child.read(child.errors)
            return (child.wait(), String(decoding: errors, as: UTF8.self))
        }
    }

    /// Reads what the program prints as errors up to the end of a line.
    package func errorLine() async throws -> String {
        try await Self.onThread { [child] in
            String(decoding: child.read(child.errors, firstLineOnly: true), as: UTF8.self)
        }
    }

    /// Reads what the program prints as errors up to the end of a line with a text; empty if it prints none.
    package func errorLine(containing text: String) async throws -> String {
        while true {
            let line = try await errorLine()
            if line.isEmpty || line.contains(text) { return line }
        }
    }

    /// Ends the program at once, without a chance to clean up.
    package func kill() {
        Glibc.kill(child.identifier, SIGKILL)
        _ = child.wait()
    }

    private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }
}
