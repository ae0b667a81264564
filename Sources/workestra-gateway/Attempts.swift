internal import ArgumentParser
internal import Configuration

/// Steps that are all tried, so that what is wrong with each of them is reported together.
struct Attempts {
    /// What was wrong so far.
    private(set) var problems = ConfigurationProblems()

    /// The result of a step; nil if something is wrong with it.
    mutating func make<Value>(_ step: () throws -> Value) -> Value? {
        do {
            return try step()
        } catch let several as ConfigurationProblems {
            add(several.all)
        } catch {
            problems.add(ConfigurationProblem(origin: "", message: ServeCommand.message(for: error)))
        }
        return nil
    }

    /// Adds what is wrong.
    mutating func add(_ more: [ConfigurationProblem]) {
        for problem in more { problems.add(problem) }
    }
}
