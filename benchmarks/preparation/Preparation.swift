// Measures how long a document takes from its text to a plan, without executing it, and how long a JSON text takes to be read: see
// `benchmarks/README.md`.

import Gateway
import Glibc
import GraphQL
import JSON

/// Takes texts as far as it is asked to, many times.
///
/// `gateway-preparation parse|validate|plan SCHEMA QUERY COUNT` parses a text that many times, or parses and validates it, or parses,
/// validates and plans it. `gateway-preparation json FILE COUNT` reads a JSON text that many times, and prints the memory that the
/// document takes for each byte of text.
@main
struct Preparation {
    /// How far each document is taken.
    private enum Stage: String {
        case parse
        case validate
        case plan
    }

    /// A call or a document that cannot be measured.
    private struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private let executable: ExecutableSchema
    private let query: [UInt8]

    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "json", let count = Int(arguments[3]) {
            return try read(try contents(of: arguments[2]), count: count)
        }
        guard arguments.count == 5, let stage = Stage(rawValue: arguments[1]), let count = Int(arguments[4]) else {
            throw Refused(description: "usage: gateway-preparation parse|validate|plan SCHEMA QUERY COUNT")
        }
        let preparation = Preparation(
            executable: ExecutableSchema(schema: try Schema(sdl: Source(arguments[2])), binding: PlainBinding()),
            query: Array(arguments[3].utf8)
        )
        for _ in 0..<count { try preparation.prepare(until: stage) }
    }

    private static func read(_ text: [UInt8], count: Int) throws {
        var footprint = 0
        for _ in 0..<count { footprint = try JSONDocument(parsing: text).memoryFootprint }
        print(Double(footprint) / Double(text.count))
    }

    private static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Refused(description: "\(path) cannot be read") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
        return bytes
    }

    /// Does what a server does with a text that it has not seen before.
    private func prepare(until stage: Stage) throws {
        let source = Source(query)
        let document = try Document(parsing: source, limits: .standard)
        if stage == .parse { return }
        let errors = DocumentLimits().errors(in: document) + validate(document, schema: executable.schema)
        if let error = errors.first { throw Refused(description: error.message) }
        if stage == .validate { return }
        let stored = StoredDocument(document)
        _ = try stored.prepare(operationNamed: nil, variables: JSONObject(), executable: executable)
    }
}
