import Foundation
import Gateway
import GatewayTestSupport
import GraphQL
import Testing

/// The examples in docs/extending.md are those that `ExtendingTests` runs, or excerpts of the sources.
@Suite struct ExtendingDocumentTests {
    /// The fenced blocks of the document in a language.
    private static func blocks(_ language: String) throws -> [String] {
        try RepositoryFile.text("docs/extending.md").components(separatedBy: "\n```\(language)\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    private static func swiftFiles(below folder: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: "\(RepositoryFile.root)/\(folder)")?.allObjects ?? []
        return try names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
            .map { try RepositoryFile.text("\(folder)/\($0)") }
    }

    @Test func everySwiftExampleIsCompiledCode() throws {
        let code = try Self.swiftFiles(below: "Tests/GatewayServerTests/Extending") + Self.swiftFiles(below: "Sources")
        let blocks = try Self.blocks("swift")
        #expect(blocks.count >= 9)
        for block in blocks {
            // An excerpt of a declaration is shown without its indentation.
            let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
            let indented = [0, 4, 8, 12].map { count in
                lines.map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
            }
            #expect(code.contains { text in indented.contains { text.contains($0) } }, "\(block)")
        }
    }

    @Test func everySchemaLoads() throws {
        let blocks = try Self.blocks("graphql")
        #expect(!blocks.isEmpty)
        for block in blocks { #expect(throws: Never.self) { try LoadedSchema(Source(block)) } }
    }
}
