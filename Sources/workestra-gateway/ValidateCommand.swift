internal import ArgumentParser
internal import Gateway
internal import GraphQL
internal import Upstream

/// `workestra-gateway validate`: checks documents against a schema, as a step of a client's CI.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks documents against a schema.",
        discussion: """
            Exits with 0 without errors, with 1 with errors, and with 2 for a usage error. With --limits, documents must also \
            be within a server's default limits, or within those of the --max-… options.
            """
    )

    /// The format of printed errors.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(parsing: .upToNextOption, help: "Schema files, or folders whose .graphql and .graphqls files are merged.")
    var schema: [String] = []

    @Option(parsing: .upToNextOption, help: "Files with documents, or folders with such files.")
    var query: [String] = []

    @Option(help: "How errors are printed: text or json.")
    var format: Format = .text

    @Option(
        help:
            "A file of lines {\"id\",\"schema\",\"query\",\"variables\"?,\"operationName\"?}, whose results are printed a line each."
    )
    var cases: String?

    @Flag(help: "Also check what a server refuses because it asks for too much: the --max-… options below.")
    var limits = false

    @OptionGroup(title: "Limits, with --limits") var documentLimits: DocumentLimitOptions

    func validate() throws {
        guard limits || !documentLimits.areChanged else {
            throw ValidationError("The --max-… options need --limits.")
        }
        guard !limits || cases == nil else { throw ValidationError("--limits needs --schema and --query.") }
        guard cases == nil ? !schema.isEmpty && !query.isEmpty : schema.isEmpty && query.isEmpty else {
            throw ValidationError("Give --schema and --query, or --cases alone.")
        }
    }

    func run() throws {
        if let cases { return try BatchFile(path: cases).evaluate(by: BatchValidator.self) }
        let problems = try problems()
        switch format {
        case .json:
            StandardStream.output.write(CheckReport.json(of: problems.flatMap(\.reported)) + [UInt8(ascii: "\n")])
        case .text:
            for problem in problems {
                for error in problem.errors { print(CheckReport.text(of: error, in: problem.source)) }
            }
            if problems.allSatisfy(\.errors.isEmpty) {
                print(problems.count == 1 ? "1 document is valid." : "\(problems.count) documents are valid.")
            }
        }
        if problems.contains(where: { !$0.errors.isEmpty }) { throw ExitCode(1) }
    }

    /// The errors of one document, or of the schema.
    private struct Problem {
        let source: Source
        let errors: [GraphQLError]
        /// Whether errors must name their file.
        let isOneOfSeveral: Bool

        var reported: [GraphQLError] {
            isOneOfSeveral ? errors.map { CheckReport.naming(fileOf: $0, in: source) } : errors
        }
    }

    /// The errors of the schema, else those of each document.
    private func problems() throws -> [Problem] {
        let schemaSource = Source(files: try GraphQLFiles.read(schema))
        let files = try GraphQLFiles.read(query)
        let schema: Schema
        do {
            schema = try Schema(sdl: schemaSource, preludes: [BindingDirectives.document])
        } catch {
            let isOneOfSeveral = schemaSource.parts.count > 1
            return [Problem(source: schemaSource, errors: error.errors, isOneOfSeveral: isOneOfSeveral)]
        }
        let serverLimits = DocumentCheck.ServerLimits(parser: documentLimits.parser, document: documentLimits.limits)
        let check = DocumentCheck(schema: schema, serverLimits: limits ? serverLimits : nil)
        return DocumentFiles(files).sources.map {
            Problem(source: $0, errors: check.check($0).errors, isOneOfSeveral: files.count > 1)
        }
    }
}
