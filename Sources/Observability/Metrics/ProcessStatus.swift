/// The status line of the process: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
struct ProcessStatus: Sendable, Hashable {
    /// The user and system time in clock ticks.
    let ticks: Int
    let threads: Int
    /// The start of the process after that of the system, in clock ticks.
    let startTicks: Int
    let virtualBytes: Int
    let residentPages: Int

    /// Reads the status line.
    static func read() -> ProcessStatus? { SystemFile.text(of: "/proc/self/stat").flatMap { ProcessStatus($0) } }

    /// Parses a status line; nil if it is not valid.
    init?(_ line: String) {
        // The name of the program may have spaces and parentheses.
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: end)...].split(separator: " ").map { Int($0) }
        guard fields.count >= 22, let user = fields[11], let system = fields[12], let threads = fields[17],
            let start = fields[19], let virtual = fields[20], let resident = fields[21]
        else { return nil }
        ticks = user + system
        self.threads = threads
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }
}
