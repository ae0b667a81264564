internal import GatewayServer

/// The addresses that callers reach.
struct ReachableAddresses {
    /// Those of HTTP.
    let clients: [BindAddress]
    /// Those that take one message a line.
    let lines: [BindAddress]
}
