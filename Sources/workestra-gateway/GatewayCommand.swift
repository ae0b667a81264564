internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import Upstream

/// The command line of the gateway.
@main
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workestra-gateway",
        abstract:
            "Serves GraphQL, JSON-RPC and MCP from a REST API, by a schema that says where each field comes from.",
        version: ProductVersion.text,
        subcommands: [
            ServeCommand.self, CheckConfigCommand.self, SchemaCommand.self, ValidateCommand.self, ExplainCommand.self,
            ExecuteCommand.self, InferFieldsCommand.self,
        ]
    )

    /// The exit status of a bad call, of each subcommand alike.
    private static let badCall: Int32 = 2

    /// Runs the command line.
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst().map { FormerOptionNames.current($0) }
        let configuration = LayeredConfiguration(arguments, environment: ProcessEnvironment.variables)
        var command: any ParsableCommand
        do {
            command = try parseAsRoot(configuration.arguments)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            if configuration.faults.areAny { fail(configuration.faults.problems) }
            fail(URLRedaction.redact(in: fullMessage(for: error)))
        }
        if configuration.faults.areAny { fail(problems(of: configuration, command)) }
        for warning in configuration.warnings { StandardStream.error.writeLine(warning) }
        do {
            if let configured = command as? any ConfiguredCommand {
                try await configured.run(with: configuration)
            } else if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ListenFailure {
            fail("error: \(failure)", status: 1)
        } catch let problems as ConfigurationProblems {
            fail(problems)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            // The command line was right, so that how to use it is of no help.
            fail("Error: \(message(for: error))")
        }
    }

    /// Everything that is wrong with a configuration in whose layers something is wrong.
    private static func problems(
        of configuration: LayeredConfiguration,
        _ command: any ParsableCommand
    ) -> ConfigurationProblems {
        let faults = configuration.faults
        guard let serve = command as? ServeCommand ?? (command as? CheckConfigCommand)?.serve,
            let transport = try? CurlTransport()
        else { return faults.problems }
        let reader = ConfigurationReader(transport: transport, observer: ObserverList([]))
        do throws(ConfigurationProblems) {
            _ = try reader.read(ConfigurationInput(serve, configuration))
            return faults.problems
        } catch {
            return error
        }
    }

    private static func fail(_ problems: ConfigurationProblems) -> Never {
        fail(problems.sorted.all.map { "Error: \($0)" }.joined(separator: "\n"))
    }

    private static func fail(_ message: String, status: Int32 = badCall) -> Never {
        StandardStream.error.writeLine(message)
        exit(withError: ExitCode(status))
    }
}
