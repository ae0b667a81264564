internal import Configuration
internal import GatewayServer

extension ServeCommand {
    /// Where other machines could reach the gateway.
    var reachableAddresses: ReachableAddresses {
        ReachableAddresses(clients: listening.clientAddresses, lines: rpc.listen.map { [.address($0)] } ?? [])
    }

    /// What is wrong with who could reach the gateway.
    ///
    /// - Parameters:
    ///   - file: the configuration file; nil: there is none.
    ///   - origins: where options are set.
    ///   - bound: where the gateway listens already, which stays so until it starts again; nil: it does not yet.
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

    /// Addresses on which everybody would use the keys of workspaces.
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

    /// Addresses on which everybody would use the key of the sockets beside HTTP.
    private func socketKeyProblems(
        _ file: ConfigurationFile?,
        _ addresses: ReachableAddresses,
        _ origins: OptionOrigins
    ) -> [ConfigurationProblem] {
        // Where there are clients, the key is for nobody who does not say which of them it is.
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
    fileprivate var isRemote: Bool { hostAndPort.map { !$0.isLoopback } ?? false }
}
