internal import Configuration
internal import GatewayServer

extension ServeCommand {
    /// The addresses at which other machines could reach the gateway.
    var reachableAddresses: ReachableAddresses {
        ReachableAddresses(clients: listening.clientAddresses, lines: rpc.listen.map { [.address($0)] } ?? [])
    }

    /// Returns the problems of keys that strangers could use by reaching the gateway.
    ///
    /// - Parameters:
    ///   - file: the configuration file; nil: none.
    ///   - origins: the origins of options.
    ///   - bound: the addresses on which the gateway listens until it starts again; nil: none yet.
    /// - Returns: the problems.
    func exposureProblems(
        _ file: ConfigurationFile?,
        _ origins: OptionOrigins,
        bound: ReachableAddresses?
    ) -> [ConfigurationProblem] {
        if let issuer = file?.tokenIssuer, upstreams.publicURL == nil {
            let words = "\"jwt\" needs the option public-url: clients learn from it whom to ask for a token."
            return [ConfigurationProblem(origin: issuer.keysLocation, message: words)]
        }
        guard !upstreams.remoteAnonymous else { return [] }
        let addresses = reachableAddresses.adding(bound)
        return configuredKeyProblems(file, addresses, origins) + socketKeyProblems(file, addresses, origins)
    }

    /// Returns the problem that everybody who reaches the gateway would use the keys of workspaces.
    private func configuredKeyProblems(
        _ file: ConfigurationFile?,
        _ addresses: ReachableAddresses,
        _ origins: OptionOrigins
    ) -> [ConfigurationProblem] {
        guard let file, file.clients == .anonymous, file.workspaces.contains(where: { $0.key != .passThrough }),
            let exposed = (addresses.clients + addresses.lines).first(where: \.isRemote)
        else { return [] }
        let words = """
            Everybody who reaches \(exposed) would use the configured keys, as the file says "clients: anonymous". \
            Listen on 127.0.0.1, list clients, or state --remote-anonymous if that is meant.
            """
        return [origins.problem(["listen", "tls-listen", "rpc-listen"], at: exposed, words)]
    }

    /// Returns the problem that everybody who reaches the gateway would use the key of the JSON-RPC sockets.
    private func socketKeyProblems(
        _ file: ConfigurationFile?,
        _ addresses: ReachableAddresses,
        _ origins: OptionOrigins
    ) -> [ConfigurationProblem] {
        // If clients are listed, the key is only for callers that identify themselves.
        if case .known? = file?.clients { return [] }
        guard rpc.keyFile != nil, let exposed = addresses.lines.first(where: \.isRemote) else { return [] }
        let words = """
            Everybody who reaches \(exposed) would use the key of --rpc-key-file. Listen on 127.0.0.1, leave the key out \
            so that connections authenticate by auth, list clients, or state --remote-anonymous if that is meant.
            """
        return [origins.problem(["rpc-listen"], at: exposed, words)]
    }
}

extension BindAddress {
    /// Whether other machines may reach it.
    fileprivate var isRemote: Bool { !isLocal }
}
