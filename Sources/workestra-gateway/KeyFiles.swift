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
    ///   - observer: is notified when a file changes.
    /// - Throws: a `ValidationError` if a file has no key that can be used.
    init(_ entries: [UpstreamOptions.Entry], rpc path: String?, notifying observer: any GatewayObserver) throws {
        var files: [Int: KeyFile] = [:]
        for (index, entry) in entries.enumerated() {
            files[index] = try entry.keyFile.map { try .open($0, at: entry.location, notifying: observer) }
        }
        workspaces = files
        rpc = try path.map { try .open($0, notifying: observer) }
    }

    /// Reads the files again when they may have changed.
    var refresher: KeyFileRefresher { KeyFileRefresher(Array(workspaces.values) + (rpc.map { [$0] } ?? [])) }
}
