import Foundation

/// The memory of this process that is in use.
enum ResidentMemory {
    /// The bytes of the resident set that are not a file's: https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html.
    ///
    /// How much of the program itself is resident depends on what has run, and on what the kernel has read ahead.
    static var bytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ").compactMap { Int($0) }
        return fields.count > 2 ? (fields[1] - fields[2]) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// How much the resident set grows while something is done and its result is held.
    static func growth<Value>(holding make: () -> Value) -> (value: Value, bytes: Int) {
        let before = bytes
        let value = make()
        return (value, bytes - before)
    }
}
