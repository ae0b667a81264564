extension Pages {
    /// The files of the explorer; if some are missing, a page that says so.
    package static func explorer(_ files: [StaticFile]) -> [StaticFile] {
        let isComplete = files.contains { $0.path == index } && files.contains { $0.path.hasPrefix(vendorFolder) }
        return isComplete
            ? files.filter { !$0.path.hasPrefix(cockpitFolder) } : [StaticFile(path: index, bytes: Array(missing.utf8))]
    }

    /// The files of the cockpit, which are among those of the explorer.
    package static func cockpit(_ files: [StaticFile]) -> [StaticFile] {
        files.compactMap { file in
            if file.path == sharedModule { return file }
            guard file.path.hasPrefix(cockpitFolder) else { return nil }
            return StaticFile(path: String(file.path.dropFirst(cockpitFolder.count)), bytes: file.bytes)
        }
    }

    private static let cockpitFolder = "cockpit/"
    /// The module that both pages use.
    private static let sharedModule = "elements.js"

    /// The folder of third-party files.
    private static let vendorFolder = "vendor/"

    private static let missing = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Explorer</title>
        <h1>The explorer's files are missing</h1>
        <p>Run <code>scripts/fetch-explorer.sh</code> in the folder of the gateway, then start the gateway again
        there, or with <code>--explorer-files FOLDER</code>. <code>--no-explorer</code> serves no page here.</p>
        <p>Programs send requests to <code>/graphql</code>, <code>/rpc</code> and <code>/mcp</code>.</p>
        </html>

        """
}
