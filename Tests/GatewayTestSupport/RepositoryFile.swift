import Foundation
package import GraphQL

/// Files of the repository that tests read.
package enum RepositoryFile {
    /// The repository's folder.
    package static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// A file's bytes.
    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }

    /// A file's text.
    package static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The GraphQL files of a folder as one source, in order of name.
    package static func schema(_ folder: String = "schema") throws -> Source {
        Source(files: try graphQLFiles(of: folder).map { (name: $0, text: try bytes($0)) })
    }

    /// The text of the GraphQL files of a folder, in order of name.
    package static func schemaText(_ folder: String = "schema") throws -> String {
        try graphQLFiles(of: folder).map { try text($0) }.joined(separator: "\n")
    }

    private static func graphQLFiles(of folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
            .filter { $0.hasSuffix(".graphql") }.sorted().map { "\(folder)/\($0)" }
    }
}
