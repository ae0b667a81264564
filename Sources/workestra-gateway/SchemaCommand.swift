internal import ArgumentParser
internal import Gateway
internal import GraphQL

/// `workestra-gateway schema`: prints the merged schema.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Checks the schema and prints it, merged."
    )

    @OptionGroup var schema: SchemaFiles

    @Flag(help: "Leave out the directives that bind fields to the upstream: the schema as clients see it.")
    var api = false

    func run() throws {
        let loaded = try schema.load()
        print(SchemaPrinter.text(of: loaded.executable.schema, style: api ? .client : .bound))
    }
}
