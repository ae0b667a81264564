internal import Configuration
internal import GatewayServer

extension ServeCommand {
    /// What is wrong with who could reach the gateway.
    func exposureProblems(_ file: ConfigurationFile?) -> [ConfigurationProblem] {
        if file?.tokenIssuer != nil, upstreams.publicURL == nil {
            let words = "\"jwt\" needs the option public-url: clients learn from it whom to ask for a token."
            return [ConfigurationProblem(origin: "", message: words)]
        }
        guard let file, file.clients == .anonymous, !upstreams.remoteAnonymous,
            file.workspaces.contains(where: { $0.key != .passThrough }),
            let exposed = (listening.clientAddresses + (rpc.listen.map { [.address($0)] } ?? [])).first(where: {
                $0.hostAndPort.map { !$0.isLoopback } ?? false
            })
        else { return [] }
        let words = """
            Everybody who reaches \(exposed) would use the configured keys, as the file says "clients: anonymous". \
            Listen on 127.0.0.1, list clients, or state --remote-anonymous if that is meant.
            """
        return [ConfigurationProblem(origin: "", message: words)]
    }
}
