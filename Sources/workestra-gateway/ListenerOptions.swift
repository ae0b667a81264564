internal import ArgumentParser
internal import GatewayServer

/// The addresses on which the gateway listens, and its TLS certificate.
struct ListenerOptions: ParsableArguments {
    @Option(
        help: """
            Where to listen: an address and port, such as 127.0.0.1:8080, or unix:PATH; repeat it for several. \
            Port 0 lets the system choose. 127.0.0.1:8080 if neither this nor --tls-listen is given.
            """
    )
    var listen: [BindAddress] = []

    @Option(help: "Where to listen for TLS, with HTTP/1.1 and HTTP/2; repeat it for several.")
    var tlsListen: [BindAddress] = []

    @Option(
        help: "The file of the certificate for TLS and its intermediate certificates, in PEM form.",
        completion: .file()
    )
    var tlsCertificate: String?

    @Option(help: "The file of the certificate's private key in PEM form.", completion: .file())
    var tlsKey: String?

    @Option(
        name: .customLong("tls-client-ca"),
        help: "A file of certificate authorities in PEM form: clients need a certificate of one of them (mutual TLS).",
        completion: .file()
    )
    var tlsClientAuthorities: String?

    @Option(
        help: "Where to listen for operators: health, profiles, the cockpit and, with --metrics, metrics; nothing else."
    )
    var adminListen: BindAddress?

    @Option(
        name: .customLong("trusted-proxy"),
        help: """
            An address or network, such as 10.0.0.0/8, of a proxy whose X-Forwarded-For and X-Forwarded-Proto are trusted; \
            unix for connections through a Unix socket; repeat it for several.
            """
    )
    var trustedProxies: [String] = []

    @Option(
        name: .customLong("max-requests-in-flight"),
        help: "The most requests that wait for the upstream at a time; more get 503."
    )
    var maximumRequestsInFlight: Int = 10_000

    @Option(help: "The seconds after SIGTERM in which /health/ready is 503 and requests are still served.")
    var drainDelay: Int = 5

    func validate() throws {
        guard maximumRequestsInFlight > 0 else {
            throw ValidationError("--max-requests-in-flight must be greater than zero.")
        }
        guard drainDelay >= 0 else { throw ValidationError("--drain-delay cannot be negative.") }
        try OptionBound.check(["drain-delay": drainDelay], atMost: OptionBound.seconds)
        try OptionBound.check(["max-requests-in-flight": maximumRequestsInFlight], atMost: OptionBound.count)
        guard tlsListen.isEmpty || (tlsCertificate != nil && tlsKey != nil) else {
            throw ValidationError("--tls-listen needs --tls-certificate and --tls-key.")
        }
        guard !tlsListen.isEmpty || (tlsCertificate == nil && tlsKey == nil && tlsClientAuthorities == nil) else {
            throw ValidationError("--tls-certificate, --tls-key and --tls-client-ca need --tls-listen.")
        }
        for proxy in trustedProxies where proxy != Self.unixSockets && IPNetwork(proxy) == nil {
            throw ValidationError("--trusted-proxy \(proxy) is no IP address and no network such as 10.0.0.0/8.")
        }
    }

    /// The name that stands for peers on a Unix socket.
    private static let unixSockets = "unix"

    /// Reads the certificate; nil if TLS is off.
    ///
    /// - Throws: `OptionFailures` that describe the problem of each file.
    func credentials() throws -> TLSCredentials? {
        guard let tlsCertificate, let tlsKey else { return nil }
        do {
            return try TLSCredentials(
                TLSFiles(certificate: tlsCertificate, key: tlsKey, clientAuthorities: tlsClientAuthorities)
            )
        } catch {
            throw OptionFailures(error.all.map { (Self.name(of: $0.file), "TLS: \($0.message).") })
        }
    }

    /// Returns the name of the option that names a file.
    private static func name(of file: TLSFiles.Role) -> String {
        switch file {
        case .certificate: "tls-certificate"
        case .key: "tls-key"
        case .clientAuthorities: "tls-client-ca"
        }
    }

    /// The addresses that clients reach.
    var clientAddresses: [BindAddress] {
        let stated = listen + tlsListen
        return stated.isEmpty ? [.address(ListenAddress(host: "127.0.0.1", port: 8080))] : stated
    }

    /// All sockets that HTTP is served on.
    func listeners(_ credentials: TLSCredentials?) -> [HTTPListener] {
        var listeners = listen.map { HTTPListener($0) } + tlsListen.map { HTTPListener($0, tls: credentials) }
        if listeners.isEmpty { listeners = clientAddresses.map { HTTPListener($0) } }
        if let adminListen { listeners.append(HTTPListener(adminListen, purpose: .administration)) }
        return listeners
    }

    /// Applies the options to a server's configuration.
    func apply(to options: inout HTTPServerOptions) {
        options.limits.drainDelay = .seconds(drainDelay)
        options.limits.maximumRequestsInFlight = maximumRequestsInFlight
        guard !trustedProxies.isEmpty else { return }
        options.filters.trustedProxies = TrustedProxies(
            networks: trustedProxies.compactMap { IPNetwork($0) },
            trustsUnixSockets: trustedProxies.contains(Self.unixSockets)
        )
    }
}

extension BindAddress: ExpressibleByArgument {
    /// Reads the argument's text.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension ListenAddress: ExpressibleByArgument {
    /// Reads the argument's text.
    public init?(argument: String) {
        self.init(argument)
    }
}
