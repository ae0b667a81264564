internal import ArgumentParser
internal import Configuration

/// The connection options of workspaces that have none of their own.
struct UpstreamConnectionOptions: ParsableArguments {
    @Option(
        name: .customLong("upstream-ca"),
        help: "A file of certificates in PEM form by which upstreams are trusted, in place of the system's.",
        completion: .file()
    )
    var authorities: String?

    @Option(
        name: .customLong("upstream-certificate"),
        help: "The file of the gateway's client certificate for upstreams, in PEM form.",
        completion: .file()
    )
    var certificate: String?

    @Option(
        name: .customLong("upstream-key"),
        help: "The file of that certificate's private key in PEM form, not encrypted.",
        completion: .file()
    )
    var key: String?

    @Option(
        name: .customLong("upstream-proxy"),
        help: """
            The URL of the proxy that upstream calls go through: http://, https://, socks5:// or socks5h://, without a password.
            """
    )
    var proxy: String?

    @Flag(
        name: .customLong("upstream-environment-proxy"),
        help: "Use the proxies that HTTPS_PROXY, http_proxy, ALL_PROXY and NO_PROXY name for upstream calls."
    )
    var usesEnvironmentProxy = false

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--upstream-certificate and --upstream-key need each other.")
        }
        if let proxy, let problem = ProxyURL.problem(with: proxy) {
            throw ValidationError("--upstream-proxy \(problem).")
        }
        guard proxy == nil || !usesEnvironmentProxy else {
            throw ValidationError("Give one of --upstream-proxy and --upstream-environment-proxy.")
        }
    }
}
