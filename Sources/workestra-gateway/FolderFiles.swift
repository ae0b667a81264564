internal import FoundationEssentials

/// The files of a folder that are meant for others.
enum FolderFiles {
    /// The paths of all files below a folder, in order of name; nil: it is no folder.
    ///
    /// The folder may be a link to one. What begins with a dot is left out: there are folders in which links lead to such files, as
    /// Kubernetes mounts them, and each file is to be read once.
    ///
    /// - Parameter folder: the folder's path.
    /// - Returns: each file's path below the folder, and its path as the folder's is.
    /// - Throws: why the folder cannot be read.
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
