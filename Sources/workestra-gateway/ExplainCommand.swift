internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import GraphQL
internal import JSON

/// `workestra-gateway explain`: prints the upstream calls of operations, as a step of a client's CI.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Estimates the upstream calls of operations, without making any.",
        discussion: """
            Prints the plan of each operation as a tree with the calls of each step and their sum. Exits with 0, with 1 if an \
            operation is likely to take more than --max-calls, and with 2 for a usage error or a document without an estimate.
            """
    )

    /// The format of printed plans.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(parsing: .upToNextOption, help: "Schema files, or folders whose .graphql and .graphqls files are merged.")
    var schema: [String] = ["schema/"]

    @Option(parsing: .upToNextOption, help: "Files with documents, or folders with such files.")
    var query: [String]

    @Option(help: "A file with the variables: a JSON object.")
    var variables: String?

    @Option(help: "The name of the operation; all operations if not given.")
    var operation: String?

    @Option(help: "How many workspaces callers may use.")
    var workspaces: Int = 1

    @Option(help: "The most calls that an operation may cost.")
    var maxCalls: Int?

    @Option(help: "How plans are printed: text or json.")
    var format: Format = .text

    func validate() throws {
        guard (1...10_000).contains(workspaces) else {
            throw ValidationError("--workspaces must be from 1 to 10000.")
        }
        guard (maxCalls ?? 0) >= 0 else { throw ValidationError("--max-calls cannot be negative.") }
    }

    func run() throws {
        let explanations = try explanations()
        guard !explanations.isEmpty else {
            throw ValidationError(
                operation.map { "No document has an operation \"\($0)\"." } ?? "There are no operations."
            )
        }
        switch format {
        case .text:
            print(explanations.map(\.text).joined(separator: "\n\n"))
        case .json:
            let list = JSONValue.array(explanations.map { $0.json(limit: maxCalls) })
            print(String(decoding: JSONValue.object(["operations": list]).serialized(), as: UTF8.self))
        }
        guard let maxCalls else { return }
        let excesses = explanations.compactMap { $0.excess(over: maxCalls) }
        guard excesses.isEmpty else {
            StandardStream.error.writeLine(excesses.joined(separator: "\n"))
            throw ExitCode(1)
        }
    }

    private func explanations() throws -> [OperationExplanation] {
        let loaded: LoadedSchema
        do {
            loaded = try LoadedSchema(Source(files: GraphQLFiles.read(schema)))
        } catch let invalid as LoadedSchema.Invalid {
            throw ValidationError("The schema has errors.\n\(invalid)")
        }
        let explainer = Explainer(schema: loaded, workspaceCount: workspaces)
        let values = try variableValues()
        return try GraphQLFiles.read(query).flatMap { file in
            do {
                return try explainer.explain(
                    Source(file.text, name: file.name),
                    operation: operation,
                    variables: values
                )
            } catch let failure as Explainer.Failure {
                let lines = failure.errors.map { CheckReport.text(of: $0, in: failure.source) }
                throw ValidationError(lines.joined(separator: "\n"))
            }
        }
    }

    private func variableValues() throws -> JSONObject {
        guard let variables else { return JSONObject() }
        guard let data = FileManager.default.contents(atPath: variables) else {
            throw ValidationError("The file \(variables) cannot be read.")
        }
        guard case .object(let object)? = try? JSONValue(parsing: Array(data)) else {
            throw ValidationError("The file \(variables) must hold a JSON object.")
        }
        return object
    }
}
