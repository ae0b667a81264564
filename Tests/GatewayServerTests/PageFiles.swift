import Foundation
import GatewayServer
import GatewayTestSupport

/// The files of pages, read from the repository.
enum PageFiles {
    /// The files of the explorer, with those of others if they have been fetched.
    static func explorer() throws -> [StaticFile] { try files(in: "explorer") }

    /// The files of a folder of the repository.
    static func files(in folder: String) throws -> [StaticFile] {
        let root = "\(RepositoryFile.root)/\(folder)"
        return try FileManager.default.subpathsOfDirectory(atPath: root).sorted().compactMap { path in
            // Folders have no contents.
            FileManager.default.contents(atPath: "\(root)/\(path)").map { StaticFile(path: path, bytes: Array($0)) }
        }
    }
}
