internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import GraphQL

/// Reads GraphQL files from the file system.
enum GraphQLFiles {
    /// Reads files, and the .graphql and .graphqls files of folders, in order of name.
    ///
    /// - Throws: a `ValidationError` that names the file or folder that cannot be read.
    static func read(_ paths: [String]) throws -> [(name: String, text: [UInt8])] {
        try paths.flatMap { path in
            try files(at: path).map { file in
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw ValidationError("The file \(file) cannot be read.")
                }
                return (file, Array(data))
            }
        }
    }

    private static func files(at path: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("There is no file or folder at \(path).")
        }
        guard let files = try FolderFiles.all(in: path) else { return [path] }
        let found = files.map(\.path).filter { $0.hasSuffix(".graphql") || $0.hasSuffix(".graphqls") }
        guard !found.isEmpty else { throw ValidationError("The folder \(path) has no .graphql file.") }
        return found
    }
}
