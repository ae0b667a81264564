import Foundation

/// What a process that was killed leaves behind: a Unix socket on which nobody listens.
enum StaleSocket {
    /// Makes one.
    static func make(at path: String) throws {
        let script = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script, path]
        try process.run()
        process.waitUntilExit()
    }
}
