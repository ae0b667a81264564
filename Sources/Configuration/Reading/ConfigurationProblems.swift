/// All problems of a configuration.
package struct ConfigurationProblems: Error, Sendable, Hashable, CustomStringConvertible {
    package private(set) var all: [ConfigurationProblem]

    package init(_ all: [ConfigurationProblem] = []) {
        self.all = all
    }

    /// Adds a problem.
    package mutating func add(_ problem: ConfigurationProblem) { all.append(problem) }

    /// Throws the problems, if there are any; those of one file are in the order of their positions.
    package func throwIfAny() throws(ConfigurationProblems) {
        guard !all.isEmpty else { return }
        throw sorted
    }

    /// The problems in order; those of one file are in the order of their positions.
    package var sorted: ConfigurationProblems {
        let sorted = all.enumerated().sorted { first, second in
            guard first.element.origin == second.element.origin else { return first.offset < second.offset }
            let none = TextPosition(line: .max, column: 0)
            let positions = (first.element.position ?? none, second.element.position ?? none)
            return positions.0 == positions.1 ? first.offset < second.offset : positions.0 < positions.1
        }
        return ConfigurationProblems(sorted.map(\.element))
    }

    /// One line for each problem.
    package var description: String { all.map(\.description).joined(separator: "\n") }
}
