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

    /// A schema file as a source.
    package static func schema(_ path: String = "schema/workestra.graphql") throws -> Source {
        Source(try bytes(path), name: path)
    }
}
