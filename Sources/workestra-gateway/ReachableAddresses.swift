internal import GatewayServer

/// The addresses that callers reach.
struct ReachableAddresses {
    /// Those of HTTP.
    let clients: [BindAddress]
    /// Those that take one message a line.
    let lines: [BindAddress]

    init(clients: [BindAddress], lines: [BindAddress]) {
        self.clients = clients
        self.lines = lines
    }

    /// Those on which a gateway that has been built listens.
    init(of gateway: BuiltGateway) {
        clients = gateway.options.listeners.filter { $0.purpose == .clients }.map(\.address)
        lines = gateway.options.lineSockets.address.map { [.address($0)] } ?? []
    }

    /// These and others, each once.
    func adding(_ others: ReachableAddresses?) -> ReachableAddresses {
        ReachableAddresses(
            clients: clients + (others?.clients ?? []).filter { !clients.contains($0) },
            lines: lines + (others?.lines ?? []).filter { !lines.contains($0) }
        )
    }
}
