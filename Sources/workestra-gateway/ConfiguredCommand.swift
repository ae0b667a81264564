internal import ArgumentParser

/// A command that runs with the configuration that its arguments were completed by.
protocol ConfiguredCommand: AsyncParsableCommand {
    /// Runs the command.
    func run(with configuration: LayeredConfiguration) async throws
}

extension ConfiguredCommand {
    func run() async throws {
        try await run(with: LayeredConfiguration([], environment: [:]))
    }
}
