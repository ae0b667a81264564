/// The problems of the files and folders that options name.
struct OptionFailures: Error {
    /// Each option, with the problem of the file or folder that it names.
    let all: [(option: String, message: String)]

    init(_ all: [(option: String, message: String)]) {
        self.all = all
    }
}
