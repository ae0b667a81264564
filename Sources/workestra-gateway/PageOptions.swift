internal import ArgumentParser
internal import FoundationEssentials
internal import GatewayServer

/// The pages for browsers.
struct PageOptions: ParsableArguments {
    @Flag(
        name: .customLong("explorer"),
        help: """
            Serve the explorer of the API at / although the gateway listens on more than loopback addresses and Unix sockets.
            """
    )
    var hasExplorer = false

    @Flag(name: .customLong("no-explorer"), help: "Do not serve the explorer of the API.")
    var hasNoExplorer = false

    @Option(
        help: "The folder of the explorer's files, which scripts/fetch-explorer.sh completes.",
        completion: .directory
    )
    var explorerFiles = "explorer/"

    @Option(
        name: .customLong("static"),
        help: "A folder whose files are served at /static/; they are read once, at the start.",
        completion: .directory
    )
    var staticFiles: String?

    /// The most bytes of all files of a folder.
    private static let maximumBytes = 64 << 20

    func validate() throws {
        guard !hasExplorer || !hasNoExplorer else {
            throw ValidationError("--explorer and --no-explorer cannot be used together.")
        }
    }

    /// Reads the pages.
    ///
    /// - Parameter listeners: the listeners of the gateway.
    /// - Returns: the pages.
    /// - Throws: `OptionFailures` that name the files that cannot be read.
    func pages(_ listeners: [HTTPListener]) throws -> Pages {
        var pages = Pages()
        if let staticFiles { pages.own = try Self.files(in: staticFiles, of: "static") }
        let isFolder = FileManager.default.fileExists(atPath: explorerFiles)
        let files = isFolder ? try Self.files(in: explorerFiles, of: "explorer-files") : []
        pages.cockpit = Pages.cockpit(files)
        let isPublic = listeners.contains { $0.purpose == .clients && !$0.address.isLocal }
        guard hasExplorer || !(hasNoExplorer || isPublic) else { return pages }
        pages.explorer = Pages.explorer(files)
        return pages
    }

    private static func files(in folder: String, of option: String) throws -> [StaticFile] {
        func failure(_ message: String) -> OptionFailures { OptionFailures([(option, message)]) }
        guard let found = try FolderFiles.all(in: folder) else { throw failure("There is no folder at \(folder).") }
        var bytes = 0
        var files: [StaticFile] = []
        for (name, path) in found {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw failure("The file \(path) cannot be read.")
            }
            bytes += data.count
            guard bytes <= maximumBytes else {
                throw failure("The folder \(folder) has more than \(maximumBytes >> 20) megabytes.")
            }
            files.append(StaticFile(path: name, bytes: Array(data)))
        }
        return files
    }
}
