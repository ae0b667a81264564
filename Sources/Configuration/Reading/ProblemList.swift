/// The problems of one file, collected while it is read.
final class ProblemList {
    let file: String
    private(set) var problems = ConfigurationProblems()

    init(file: String) {
        self.file = file
    }

    /// Adds a problem at a position.
    func add(_ position: TextPosition, _ message: String) {
        problems.add(ConfigurationProblem(origin: file, position: position, message: message))
    }
}
