internal import ArgumentParser

/// The command line of the gateway.
@main
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workestra-gateway",
        abstract: "Answers GraphQL from a REST API, by a schema that says where each field comes from.",
        subcommands: [
            ServeCommand.self, SchemaCommand.self, ValidateCommand.self, ExecuteCommand.self,
        ]
    )
}
