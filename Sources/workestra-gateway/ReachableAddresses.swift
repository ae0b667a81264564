internal import GatewayServer

/// The addresses at which callers reach the gateway.
struct ReachableAddresses {
    /// The addresses of HTTP.
    let clients: [BindAddress]
    /// The addresses that take one JSON-RPC message a line.
    let lines: [BindAddress]

    init(clients: [BindAddress], lines: [BindAddress]) {
        self.clients = clients
        self.lines = lines
    }

    /// Lists the addresses on which a gateway listens.
    init(of gateway: BuiltGateway) {
        clients = gateway.options.listeners.filter { $0.purpose == .clients }.map(\.address)
        lines = gateway.options.lineSockets.address.map { [.address($0)] } ?? []
    }

    /// Returns these addresses and others, each once.
    func adding(_ others: ReachableAddresses?) -> ReachableAddresses {
        ReachableAddresses(
            clients: clients + (others?.clients ?? []).filter { !clients.contains($0) },
            lines: lines + (others?.lines ?? []).filter { !lines.contains($0) }
        )
    }
}
