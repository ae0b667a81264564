/// The process's own line of numbers: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
struct ProcessStatus: Sendable, Hashable {
    /// User and system time in ticks.
    let ticks: Int
    let threads: Int
    /// The start after that of the system, in ticks.
    let startTicks: Int
    let virtualBytes: Int
    let residentPages: Int

    /// Reads it.
    static func read() -> ProcessStatus? { SystemFile.text(of: "/proc/self/stat").flatMap { ProcessStatus($0) } }

    /// Reads a line; nil if it is none.
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
