internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import GraphQL
internal import JSON
internal import Upstream

/// `workestra-gateway execute`: runs an operation against local JSON, for fixtures and tests of front ends.
struct ExecuteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "execute",
        abstract: "Runs an operation against local JSON in place of the upstream, and prints the response.",
        discussion: """
            Fields are looked up by their GraphQL name in the parent object; a missing one is null; __typename states \
            the concrete type; {"$error": "text"} makes a value fail; {"$args": true} stands for the field's arguments as JSON. \
            Exits with 0 if the operation was executed, with 1 if it was refused, and with 2 for a usage error.
            """
    )

    @Option(parsing: .upToNextOption, help: "Schema files, or folders whose .graphql and .graphqls files are merged.")
    var schema: [String] = []

    @Option(help: "The file with the document.")
    var query: String?

    @Option(help: "The file with the root value: a JSON object.")
    var data: String?

    @Option(help: "A file with the variables: a JSON object.")
    var variables: String?

    @Option(help: "The name of the operation, if the document has several.")
    var operation: String?

    @Option(
        help:
            "A file of lines {\"id\",\"schema\",\"query\",\"variables\"?,\"operationName\"?,\"rootValue\"}, whose results are printed a line each."
    )
    var cases: String?

    func validate() throws {
        let hasOthers = !schema.isEmpty || [query, data, variables, operation].contains { $0 != nil }
        guard cases == nil ? !schema.isEmpty && query != nil && data != nil : !hasOthers else {
            throw ValidationError("Give --schema, --query and --data, or --cases alone.")
        }
    }

    func run() throws {
        if let cases { return try BatchFile(path: cases).evaluate(by: BatchExecutor.self) }
        let source = Source(files: try GraphQLFiles.read(schema))
        var output = OutputBuffer()
        output.append("{")
        var executed = false
        do {
            let schema = try Schema(sdl: source, preludes: [BindingDirectives.document])
            executed = try LocalExecution(schema: schema).writeMembers(of: request(), into: &output)
        } catch let invalid as SchemaErrors {
            output.append("\"errors\":")
            output.append(errorList: invalid.errors)
        }
        output.append("}\n")
        StandardStream.output.write(output.array())
        if !executed { throw ExitCode(1) }
    }

    private func request() throws -> LocalExecution.Request {
        guard let query, let data, let text = try GraphQLFiles.read([query]).first else {
            throw ValidationError("Give --query and --data.")
        }
        var request = LocalExecution.Request(query: Source(text.text, name: text.name))
        request.operationName = operation
        let root = try json(data)
        guard case .object = root else { throw ValidationError("The file \(data) must hold a JSON object.") }
        request.root = root
        if let variables {
            guard case .object(let object) = try json(variables) else {
                throw ValidationError("The file \(variables) must hold a JSON object.")
            }
            request.variables = object
        }
        return request
    }

    private func json(_ path: String) throws -> JSONValue {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("The file \(path) cannot be read.")
        }
        do {
            return try JSONValue(parsing: Array(data))
        } catch {
            throw ValidationError("The file \(path) is not JSON. \(error.message)")
        }
    }
}
