import Foundation
import GatewayTestSupport
import JSON
import Testing

/// Batches of cases on the command line: every core executes a part of them, and the output is that of one.
@Suite struct CaseBatchTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// Writes the results of lines; the file is removed.
    private func run(_ command: String, _ text: String) throws -> BuiltProgram.Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jsonl")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try Self.program.run([command, "--cases", file.path], in: RepositoryFile.root)
    }

    private static func line(_ number: Int) -> String {
        #"{"id":\#(number),"schema":"type Query { a\#(number % 7): Int }","query":"{ a\#(number % 5) }","rootValue":{}}"#
    }

    @Test(.enabled(if: program.exists), arguments: ["validate", "execute"], [1, 15, 16, 33, 1000])
    func resultsAreWrittenInTheOrderOfLines(command: String, count: Int) throws {
        let result = try run(command, (0..<count).map(Self.line).joined(separator: "\n"))
        #expect(result.status == 0)
        let responses = result.output.split(separator: "\n")
        #expect(responses.count == count)
        for (number, response) in responses.enumerated() {
            let json = try JSONValue(parsing: Array(response.utf8))
            #expect(json["id"] == .integer(number))
            let isValid = number % 7 == number % 5
            let errors = json["errors"]?.arrayValue ?? []
            #expect(errors.isEmpty == isValid, "\(response)")
        }
    }

    @Test(.enabled(if: program.exists)) func invalidLinesSetTheExitStatus() throws {
        var lines = (0..<100).map(Self.line)
        lines[70] = "nonsense\r"
        lines[71] = "  "
        let result = try run("validate", lines.joined(separator: "\n") + "\n")
        #expect(result.status == 2)
        let responses = result.output.split(separator: "\n")
        #expect(responses.count == 99)
        #expect(responses[70].hasPrefix(#"{"id":null,"errors":[{"message":"The line is not JSON."#))
        #expect(responses[71].hasPrefix(#"{"id":72,"#))
    }

    @Test(.enabled(if: program.exists)) func deepDocumentsDoNotOverflowTheStack() throws {
        let deep = String(repeating: "{a", count: 990) + String(repeating: "}", count: 990)
        let line = #"{"id":1,"schema":"type Query { a: Query }","query":"\#(deep)"}"#
        let result = try run("execute", Array(repeating: line, count: 40).joined(separator: "\n"))
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == 40)
    }

    static let otherOptions: [[String]] = [
        ["execute", "--schema", "/missing"], ["execute", "--query", "/missing"], ["execute", "--data", "/missing"],
        ["execute", "--variables", "/missing"], ["execute", "--operation", "A"],
        ["execute", "--schema", "/missing", "--query", "/missing"],
        ["validate", "--schema", "/missing"], ["validate", "--query", "/missing"],
    ]

    @Test(.enabled(if: program.exists), arguments: otherOptions)
    func optionsThatABatchDoesNotReadAreRefused(arguments: [String]) throws {
        let result = try Self.program.run(arguments + ["--cases", "/dev/null"], in: RepositoryFile.root)
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("or --cases alone."), "\(result.errors)")
    }

    @Test(.enabled(if: program.exists)) func emptyBatchHasNoOutput() throws {
        let empty = try run("execute", "\n\n")
        #expect(empty.status == 0)
        #expect(empty.output.isEmpty)
        let missing = try Self.program.run(["execute", "--cases", "/missing"], in: RepositoryFile.root)
        #expect(missing.status == 64 || missing.status == 2)
        #expect(missing.errors.contains("/missing"))
    }
}
