internal import ArgumentParser
internal import Foundation

/// The command line of the gateway.
@main
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workestra-gateway",
        abstract: "Answers GraphQL from a REST API, by a schema that says where each field comes from.",
        subcommands: [
            ServeCommand.self, SchemaCommand.self, ValidateCommand.self, ExplainCommand.self,
            ExecuteCommand.self, InferFieldsCommand.self,
        ]
    )

    /// The exit status of a bad call, of each subcommand alike.
    private static let badCall: Int32 = 2

    /// Runs what the command line says.
    static func main() async {
        do {
            var command = try parseAsRoot(ConfigurationArguments.expanded(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            exit(withError: ExitCode(badCall))
        }
    }
}
