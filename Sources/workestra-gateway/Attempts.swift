internal import ArgumentParser
internal import Configuration

/// Steps that are all attempted, so that the problems of all of them are reported together.
struct Attempts {
    /// The origins of the options that name what is read.
    let origins: OptionOrigins
    /// The problems found so far.
    private(set) var problems = ConfigurationProblems()

    init(_ origins: OptionOrigins) {
        self.origins = origins
    }

    /// Returns the result of a step; nil if it fails.
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

    /// Returns the result of a step that reads what an option names; nil if it fails.
    mutating func make<Value>(of option: String, _ step: () throws -> Value) -> Value? {
        do {
            return try step()
        } catch let failures as OptionFailures {
            add(failures.all.map { origins.problem($0.option, $0.message) })
        } catch let several as ConfigurationProblems {
            // Most of them are in files of their own.
            add(several.all.map { origins.problem(option, $0.description) })
        } catch {
            problems.add(origins.problem(option, ServeCommand.message(for: error)))
        }
        return nil
    }

    /// Adds problems.
    mutating func add(_ more: [ConfigurationProblem]) {
        for problem in more { problems.add(problem) }
    }
}
