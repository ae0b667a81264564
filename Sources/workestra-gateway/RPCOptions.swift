internal import ArgumentParser
internal import GatewayServer
internal import JSONRPC

/// The options of JSON-RPC and its sockets.
struct RPCOptions: ParsableArguments {
    @Option(name: .customLong("rpc-listen"), help: "The address and port of a socket that takes one message a line.")
    var listen: ListenAddress?

    @Option(
        name: .customLong("rpc-socket"),
        help: "The path of a Unix socket that takes one message a line.",
        completion: .file()
    )
    var socket: String?

    @Option(
        name: .customLong("rpc-key-file"),
        help:
            "A file with the key for calls on these sockets; without it each connection authenticates itself, by auth.",
        completion: .file()
    )
    var keyFile: String?

    @Option(name: .customLong("rpc-max-batch"), help: "The most calls of a JSON-RPC batch.")
    var maximumBatch: Int = 100

    @Option(
        name: .customLong("rpc-max-outstanding"),
        help: """
            The most messages in progress on one WebSocket or socket; more are not read. Also the most subscriptions of \
            one connection, and the most operations on a GraphQL WebSocket, where one more ends the connection.
            """
    )
    var maximumOutstanding: Int = 64

    @Option(
        name: .customLong("rpc-idle-timeout"),
        help: "The seconds for which a WebSocket or socket may be silent while no call is in progress."
    )
    var idleTimeout: Int = 120

    func validate() throws {
        try OptionBound.checkPositive([
            "rpc-max-batch": maximumBatch, "rpc-max-outstanding": maximumOutstanding, "rpc-idle-timeout": idleTimeout,
        ])
        try OptionBound.check(["rpc-idle-timeout": idleTimeout], atMost: OptionBound.seconds)
        try OptionBound.check(
            ["rpc-max-batch": maximumBatch, "rpc-max-outstanding": maximumOutstanding],
            atMost: OptionBound.count
        )
        guard keyFile == nil || listen != nil || socket != nil else {
            throw ValidationError("--rpc-key-file needs --rpc-listen or --rpc-socket.")
        }
        // The system's limit on the paths of Unix sockets.
        guard (socket?.utf8.count ?? 0) < 108 else {
            throw ValidationError("The path of --rpc-socket may have 107 bytes at most.")
        }
    }

    /// Applies the options to a server's configuration.
    func apply(to options: inout HTTPServerOptions) {
        options.rpc.maximumBatch = maximumBatch
        options.messages.maximumOutstanding = maximumOutstanding
        options.messages.idleSeconds = idleTimeout
        options.lineSockets.address = listen
        options.lineSockets.path = socket
    }
}
