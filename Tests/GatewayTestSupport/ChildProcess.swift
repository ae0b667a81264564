import Foundation
package import Glibc
import Synchronization

/// A program that runs beside the tests; what it prints is read through pipes.
///
/// Not Foundation's `Process`: that one crashed now and then as it started a program beside others (in `Process.run`, Swift
/// 6.3.1), and keeps what it has started.
package struct ChildProcess: Sendable {
    /// Why a program could not be started.
    package struct Failure: Error, CustomStringConvertible {
        let path: String
        let code: Int32

        package var description: String { "\(path) cannot be started: error \(code)" }
    }

    package let identifier: pid_t
    /// Where what goes to standard output is read.
    let output: Int32
    /// Where what goes to standard error is read.
    let errors: Int32

    /// One start at a time: a program must not inherit the pipes of another one.
    private static let starting = Mutex(())

    /// Starts a program in a folder, with the environment of the tests and no input.
    package static func start(_ path: String, _ arguments: [String], in folder: String) throws -> ChildProcess {
        try starting.withLock { _ in
            let (output, errors) = (try pipe(path), try pipe(path))
            defer {
                close(output.writing)
                close(errors.writing)
            }
            do {
                let arguments = ["/usr/bin/env", "--chdir=\(folder)", path] + arguments
                let identifier = try spawn(arguments, output: output.writing, errors: errors.writing)
                return ChildProcess(identifier: identifier, output: output.reading, errors: errors.reading)
            } catch {
                close(output.reading)
                close(errors.reading)
                throw error
            }
        }
    }

    private static func spawn(_ arguments: [String], output: Int32, errors: Int32) throws -> pid_t {
        // SAFETY: the actions and the texts live until the program is started.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // A socket of a test's own server must not stay open in a program that has nothing to do with it.
        for end in Int32(3)..<1024 { unsafe posix_spawn_file_actions_addclose(&actions, end) }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        let texts = unsafe arguments.map { unsafe strdup($0) } + [nil]
        let variables = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe texts.indices { unsafe free(texts[index]) }
            for index in unsafe variables.indices { unsafe free(variables[index]) }
        }
        var identifier: pid_t = 0
        let code = unsafe posix_spawn(&identifier, arguments[0], &actions, nil, texts, variables)
        guard code == 0 else { throw Failure(path: arguments[0], code: code) }
        return identifier
    }

    private static func pipe(_ path: String) throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        // SAFETY: the array has room for both ends.
        guard unsafe Glibc.pipe(&ends) == 0 else { throw Failure(path: path, code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Reads up to the end, or to the end of the first line.
    func read(_ end: Int32, firstLineOnly: Bool = false) -> [UInt8] {
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while !(firstLineOnly && text.contains(UInt8(ascii: "\n"))) {
            // SAFETY: the array has as much room as is said.
            let count = unsafe Glibc.read(end, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            text += part[..<count]
        }
        return text
    }

    /// Waits for the program's end and gives its status; after a signal, 128 and the signal's number.
    package func wait() -> Int32 {
        var status: Int32 = 0
        // SAFETY: the status is written during the call.
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        close(output)
        close(errors)
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
