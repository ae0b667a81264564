import GatewayTestSupport
import Testing

/// A document of the repository, as far as tests read it.
struct MarkdownFile: Sendable, CustomTestStringConvertible {
    let path: String
    let text: String

    /// A fenced block.
    struct Block: Sendable, CustomTestStringConvertible {
        let path: String
        /// The number of the fence's line.
        let line: Int
        let language: String
        let text: String

        var testDescription: String { "\(path):\(line)" }
    }

    init(_ path: String) throws {
        self.path = path
        text = try RepositoryFile.text(path)
    }

    var testDescription: String { path }

    /// The fenced blocks, in order.
    var blocks: [Block] {
        var blocks: [Block] = []
        var open: (line: Int, language: String, text: [Substring])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open {
                    let text = block.text.joined(separator: "\n")
                    blocks.append(Block(path: path, line: block.line, language: block.language, text: text))
                    open = nil
                } else {
                    open = (index + 1, String(line.dropFirst(3)), [])
                }
            } else {
                open?.text.append(line)
            }
        }
        return blocks
    }

    /// The text outside of fenced blocks.
    var prose: String {
        text.split(separator: "```", omittingEmptySubsequences: false)
            .enumerated().filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: "\n")
    }

    /// What stands between single backticks.
    var codeSpans: [String] {
        prose.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    /// The targets of links.
    var links: [String] {
        prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
            .compactMap { $0.split(separator: ")", omittingEmptySubsequences: false).first.map(String.init) }
    }

    /// The commands in blocks of shell text: one a line, without comments and bodies of here documents.
    var commands: [String] {
        blocks.filter { $0.language == "sh" }.flatMap { block -> [String] in
            var commands: [String] = []
            var terminator: Substring?
            for line in block.text.split(separator: "\n") {
                if let end = terminator {
                    if line == end { terminator = nil }
                    continue
                }
                terminator = line.split(separator: "<<'").dropFirst().first?.prefix { $0 != "'" }
                commands.append(String(line.prefix { $0 != "#" }))
            }
            return commands
        }
    }
}
