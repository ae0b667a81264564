/// A CPU profile of the process.
struct CPUProfile {
    /// The mapped code of a program or library.
    struct Image {
        let addresses: Range<UInt>
        /// The offset of the first address in the file.
        let offset: UInt64
        let path: String
    }

    /// A function.
    struct Function: Hashable {
        /// The demangled name.
        let name: String
        /// The mangled name.
        let symbol: String
    }

    /// The samples per second of CPU time.
    let rate: Int
    /// The start of the recording, in nanoseconds since 1970.
    let began: UInt64
    let duration: Duration
    /// The number of samples of each stack: the address of the running function, then those of its callers.
    let stacks: [[UInt]: Int]
    /// The number of samples that were dropped.
    var missed = 0
    var images: [Image] = []
    /// The functions at the addresses of the stacks.
    var functions: [UInt: Function] = [:]

    /// The addresses of the stacks, each once.
    var addresses: [UInt] { Array(Set(stacks.keys.joined())) }
}
