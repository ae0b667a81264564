internal import Configuration
internal import FoundationEssentials
internal import Gateway

/// The files that have keys, opened.
struct KeyFiles {
    /// Those of workspaces, by the workspaces' positions.
    let workspaces: [Int: KeyFile]
    /// That of the sockets beside HTTP; nil: there is none.
    let rpc: KeyFile?

    /// Opens all files.
    ///
    /// - Parameters:
    ///   - entries: the workspaces.
    ///   - path: the file of the sockets beside HTTP.
    ///   - origins: where options are set.
    ///   - previous: files that are open already, whose keys stay in use if they have become bad; nil: none are.
    ///   - observer: is notified when a file changes.
    /// - Throws: each file that has no key that can be used.
    init(
        _ entries: [UpstreamOptions.Entry],
        rpc path: String?,
        _ origins: OptionOrigins,
        previous: KeyFiles? = nil,
        notifying observer: any GatewayObserver
    ) throws(ConfigurationProblems) {
        var (files, problems): ([Int: KeyFile], ConfigurationProblems) = ([:], ConfigurationProblems())
        for (index, entry) in entries.enumerated() {
            guard case .file(let path) = entry.key else { continue }
            files[index] = previous?.all.first { $0.path == path } ?? .open(path, notifying: observer)
            if files[index] == nil { problems.add(entry.noKey(inFile: path)) }
        }
        workspaces = files
        rpc = path.flatMap { path in
            previous?.all.first { $0.path == path } ?? .open(path, notifying: observer)
        }
        if let path, rpc == nil {
            let isReadable = FileManager.default.contents(atPath: path) != nil
            let words = isReadable ? "has no key, or none that can be sent." : "cannot be read."
            problems.add(origins.problem("rpc-key-file", "The file \(path) \(words)"))
        }
        try problems.throwIfAny()
    }

    /// All of them.
    var all: [KeyFile] { Array(workspaces.values) + (rpc.map { [$0] } ?? []) }
}
