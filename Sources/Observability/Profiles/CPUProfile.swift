/// Where a process used the processor during some time.
struct CPUProfile {
    /// The code of a program or library in memory.
    struct Image {
        let addresses: Range<UInt>
        /// Where the first address is in the file.
        let offset: UInt64
        let path: String
    }

    /// A function.
    struct Function: Hashable {
        /// As people read it.
        let name: String
        /// As the linker knows it.
        let symbol: String
    }

    /// Samples in each second of processor time.
    let rate: Int
    /// When it began, in nanoseconds since 1970.
    let began: UInt64
    let duration: Duration
    /// How often each stack was found: the address of the function that ran, then those of its callers.
    let stacks: [[UInt]: Int]
    /// Samples for which there was no room.
    var missed = 0
    var images: [Image] = []
    /// The functions at addresses of the stacks.
    var functions: [UInt: Function] = [:]

    /// All addresses of the stacks, each once.
    var addresses: [UInt] { Array(Set(stacks.keys.joined())) }
}
