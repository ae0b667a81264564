internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GraphQL

/// Options of the Model Context Protocol.
struct MCPOptions: ParsableArguments {
    @Option(
        name: .customLong("mcp-operations"),
        help: """
            A file, or a folder whose .graphql files have one operation each: tools for models, named and described as the \
            operations are. Mutations need files with the ending .write.graphql.
            """,
        completion: .file()
    )
    var operations: String?

    /// Reads the operations that are tools.
    ///
    /// - Throws: everything that is wrong with them.
    func tools(_ schema: LoadedSchema) throws -> [OperationTool] {
        guard let operations else { return [] }
        var problems = ConfigurationProblems()
        var tools: [OperationTool] = []
        let taken = MCPToolNames.taken(schema.executable)
        for (name, text) in try GraphQLFiles.read([operations]) {
            do throws(OperationTool.Invalid) {
                let text = String(decoding: text, as: UTF8.self)
                let mayWrite = name.hasSuffix(".write.graphql")
                let tool = try OperationTool(text, mayWrite: mayWrite, schema: schema.executable.schema)
                if tools.contains(where: { $0.name == tool.name }) {
                    problems.add(ConfigurationProblem(origin: name, message: "There are two tools \"\(tool.name)\"."))
                }
                if let other = taken[MCPToolNames.portable(tool.name)] {
                    let message = "\"\(tool.name)\" is the name of \(other) already: name the operation otherwise."
                    problems.add(ConfigurationProblem(origin: name, message: message))
                }
                tools.append(tool)
            } catch {
                for error in error.errors {
                    let location = error.locations.first.map { " (\($0.line):\($0.column))" } ?? ""
                    problems.add(ConfigurationProblem(origin: name, message: error.message + location))
                }
            }
        }
        try problems.throwIfAny()
        return tools
    }
}
