internal import Configuration
internal import FoundationEssentials
internal import Gateway

/// The opened key files.
struct KeyFiles {
    /// The key files of workspaces, by the workspaces' 0-based indices.
    let workspaces: [Int: KeyFile]
    /// The key file of the JSON-RPC sockets; nil: none.
    let rpc: KeyFile?

    /// Opens all files.
    ///
    /// - Parameters:
    ///   - entries: the workspaces.
    ///   - path: the key file of the JSON-RPC sockets.
    ///   - origins: the origins of options.
    ///   - previous: the open files, whose keys stay in use if the files have become invalid; nil: none.
    ///   - observer: is notified when a file changes.
    /// - Throws: each file without a usable key.
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
