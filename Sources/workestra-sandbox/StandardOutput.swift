private import Glibc

/// The process's standard output.
enum StandardOutput {
    /// Writes a line at once, also to a pipe.
    static func writeLine(_ line: String) {
        print(line)
        // Null means all streams.
        fflush(nil)
    }
}
