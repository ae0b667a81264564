import Foundation
import Gateway
import GatewayTestSupport
import GraphQL
import Testing
import Upstream

/// What the documents refer to is there, and what they list is complete.
@Suite struct DocumentReferenceTests {
    static let documents =
        DocumentCommandTests.documents
        + ["docs/decisions", "Tests/ConformanceTests/Fixtures"].flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(RepositoryFile.root)/\(folder)")) ?? []
            return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
        }

    @Test(arguments: documents)
    func linkTargetsExist(document: String) throws {
        let file = try MarkdownFile(document)
        let folder = URL(fileURLWithPath: "\(RepositoryFile.root)/\(document)").deletingLastPathComponent()
        for link in file.links where !link.contains("://") {
            let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
            if parts[0].isEmpty, parts.count > 1 {
                #expect(anchors(of: file).contains(parts[1]), "\(document) has no heading for #\(parts[1])")
            } else {
                let target = folder.appendingPathComponent(parts[0]).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(document) links to \(link)")
            }
        }
    }

    @Test(arguments: documents)
    func filesThatAreNamedExist(document: String) throws {
        let top = Set(try FileManager.default.contentsOfDirectory(atPath: RepositoryFile.root))
        let targets = Set(try FileManager.default.contentsOfDirectory(atPath: "\(RepositoryFile.root)/Sources"))
        for span in try MarkdownFile(document).codeSpans where span.contains("/") && !span.contains(" ") {
            guard let first = span.split(separator: "/").first.map(String.init) else { continue }
            let path = top.contains(first) ? span : targets.contains(first) ? "Sources/\(span)" : nil
            guard let path, path.utf8.allSatisfy({ $0 != UInt8(ascii: "*") }) else { continue }
            #expect(
                FileManager.default.fileExists(atPath: "\(RepositoryFile.root)/\(path)"),
                "\(document) names \(span)"
            )
        }
    }

    @Test func everyDeclaredErrorCodeIsInTheTableAndInTheDocuments() throws {
        let declaration = /= ErrorCode\("([A-Z_]+)"\)/
        let sources = FileManager.default.enumerator(atPath: "\(RepositoryFile.root)/Sources")?.allObjects ?? []
        let declared = try sources.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.flatMap { path in
            try RepositoryFile.text("Sources/\(path)").matches(of: declaration).map { String($0.output.1) }
        }
        let table = ErrorCodeTable.entries.map(\.code.rawValue)
        #expect(table.sorted() == Set(declared).sorted())
        let documents = try MarkdownFile("docs/errors.md").prose + MarkdownFile("docs/http.md").prose
        for code in table { #expect(documents.contains("`\(code)`"), "\(code)") }
    }

    @Test func everyBindingDirectiveAndArgumentIsDescribed() throws {
        let text = try MarkdownFile("docs/schema-bindings.md").prose
        let sections = text.components(separatedBy: "\n## ").dropFirst()
        var described: [String: Set<String>] = [:]
        for section in sections {
            let lines = section.split(separator: "\n")
            guard let name = lines.first?.dropFirst() else { continue }
            let rows = lines.drop { !$0.hasPrefix("| argument | means |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
            described[String(name)] = Set(
                rows.flatMap { row in
                    row.split(separator: "|")[0].split(separator: ",").map { $0.filter { !" `".contains($0) } }
                }
            )
        }
        var defined: [String: Set<String>] = [:]
        for case .directive(let node) in BindingDirectives.document.definitions {
            defined[node.name.value] = Set(node.arguments.map(\.name.value))
        }
        #expect(described == defined)
    }

    /// The anchors of a document's headings, as code hosts make them.
    private func anchors(of file: MarkdownFile) -> Set<String> {
        Set(
            file.prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
                heading.drop { "# ".contains($0) }.lowercased().filter {
                    $0.isLetter || $0.isNumber || " -".contains($0)
                }
                .replacing(" ", with: "-")
            }
        )
    }
}
