/// Why what options name cannot be used.
struct OptionFailures: Error {
    /// Each option, and what is wrong with what it names.
    let all: [(option: String, message: String)]

    init(_ all: [(option: String, message: String)]) {
        self.all = all
    }
}
