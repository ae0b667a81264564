import GatewayTestSupport

/// What a process that was killed leaves behind: a Unix socket on which nobody listens.
enum StaleSocket {
    /// Makes one.
    static func make(at path: String) throws {
        let script = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen()"
        _ = try BuiltProgram.run("/usr/bin/env", ["python3", "-c", script, path], in: "/")
    }
}
