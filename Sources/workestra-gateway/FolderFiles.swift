internal import FoundationEssentials

/// Lists the files of a folder.
enum FolderFiles {
    /// Returns the paths of all files below a folder, in order of name; nil if the path is not a folder.
    ///
    /// The folder may be a symbolic link. Names that begin with a dot are left out: Kubernetes mounts folders in which such a name is
    /// a link to files that are also listed, and each file is to be read once.
    ///
    /// - Parameter folder: the folder's path.
    /// - Returns: each file's path relative to the folder, and its path including the folder's.
    /// - Throws: the reason why the folder cannot be read.
    static func all(in folder: String) throws -> [(name: String, path: String)]? {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else { return nil }
        // With the slash, a link is followed.
        let base = folder.hasSuffix("/") ? folder : "\(folder)/"
        return try FileManager.default.subpathsOfDirectory(atPath: base).sorted().compactMap { name in
            let isHidden = name.split(separator: "/").contains { $0.utf8.first == UInt8(ascii: ".") }
            guard !isHidden, FileManager.default.fileExists(atPath: base + name, isDirectory: &isFolder), !isFolder
            else {
                return nil
            }
            return (name, base + name)
        }
    }
}
