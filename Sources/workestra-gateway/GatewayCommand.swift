internal import ArgumentParser
internal import Gateway
internal import GatewayServer

/// The command line of the gateway.
@main
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workestra-gateway",
        abstract:
            "Serves GraphQL, JSON-RPC and MCP from a REST API, by a schema that says where each field comes from.",
        version: ProductVersion.text,
        subcommands: [
            ServeCommand.self, SchemaCommand.self, ValidateCommand.self, ExplainCommand.self,
            ExecuteCommand.self, InferFieldsCommand.self,
        ]
    )

    /// The exit status of a bad call, of each subcommand alike.
    private static let badCall: Int32 = 2

    /// Runs what the command line says.
    static func main() async {
        let arguments = expandedArguments()
        var command: any ParsableCommand
        do {
            command = try parseAsRoot(arguments)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            fail(fullMessage(for: error))
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ListenFailure {
            fail("error: \(failure)", status: 1)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            // The command line was right, so that how to use it is of no help.
            fail("Error: \(message(for: error))")
        }
    }

    private static func expandedArguments() -> [String] {
        do {
            return try ConfigurationArguments.expanded(Array(CommandLine.arguments.dropFirst())).map(
                FormerOptionNames.current
            )
        } catch {
            fail("Error: \(message(for: error))")
        }
    }

    private static func fail(_ message: String, status: Int32 = badCall) -> Never {
        StandardStream.error.writeLine(message)
        exit(withError: ExitCode(status))
    }
}
