internal import ArgumentParser
internal import Foundation
internal import Gateway
internal import GraphQL
internal import Upstream

/// `workestra-gateway validate`: checks documents against a schema, as a step of a client's CI.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks documents against a schema.",
        discussion: "Exits with 0 without errors, with 1 with errors, and with 2 for a bad call."
    )

    /// How errors are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Option(parsing: .upToNextOption, help: "Schema files, or folders whose .graphql files are merged.")
    var schema: [String] = []

    @Option(parsing: .upToNextOption, help: "Files with documents, or folders with such files.")
    var query: [String] = []

    @Option(help: "How errors are printed: text or json.")
    var format: Format = .text

    @Option(help: "A file of lines {\"id\",\"schema\",\"query\",\"variables\"?,\"operationName\"?}, each answered by a line.")
    var cases: String?

    func validate() throws {
        guard (cases != nil) != !(schema.isEmpty || query.isEmpty) else {
            throw ValidationError("Give --schema and --query, or --cases alone.")
        }
    }

    func run() throws {
        if let cases {
            var checker = CaseChecker()
            try CaseFile(path: cases).forEachLine { checker.answer($0) }
            return
        }
        let problems = try problems()
        switch format {
        case .json:
            StandardOutput.write(CheckReport.json(of: problems.flatMap(\.errors)))
        case .text:
            for problem in problems {
                for error in problem.errors { print(CheckReport.text(of: error, in: problem.source)) }
            }
        }
        if problems.contains(where: { !$0.errors.isEmpty }) { throw ExitCode(1) }
    }

    /// The errors of the schema, else those of each document.
    private func problems() throws -> [(source: Source, errors: [GraphQLError])] {
        let schemaSource = Source(files: try GraphQLFiles.read(schema))
        let schema: Schema
        do {
            schema = try Schema(sdl: schemaSource, preludes: [BindingDirectives.document])
        } catch {
            return [(schemaSource, error.errors)]
        }
        let check = DocumentCheck(schema: schema)
        return try GraphQLFiles.read(query).map { file in
            let source = Source(file.text, name: file.name)
            return (source, check.check(source).errors)
        }
    }
}
