internal import Configuration
private import FoundationEssentials
private import GatewayServer
internal import Upstream

/// Reads and checks the TLS files of the workspaces' connections.
struct UpstreamConnections {
    private var problems = ConfigurationProblems()
    /// The distinct connections: equal ones are one object, as the transport compares objects and not contents.
    private var known: [UpstreamConnection]

    /// A file, and a function that makes a problem of it.
    private struct File {
        let path: String
        let problem: (String) -> ConfigurationProblem
    }

    private init(_ known: [UpstreamConnection]) {
        self.known = known
    }

    /// Returns the connection settings of each workspace.
    ///
    /// - Parameters:
    ///   - entries: the workspaces.
    ///   - options: the options of workspaces that have none of their own.
    ///   - origins: the origins of options.
    ///   - known: the connections in use, which are reused if they are equal.
    /// - Returns: the settings, in the order of the workspaces; nil: the defaults.
    /// - Throws: each file that cannot be used.
    static func make(
        _ entries: [UpstreamOptions.Entry],
        _ options: UpstreamConnectionOptions,
        _ origins: OptionOrigins,
        known: [UpstreamConnection] = []
    ) throws(ConfigurationProblems) -> [UpstreamConnection?] {
        func file(_ option: String, _ path: String?) -> File? {
            path.map { path in File(path: path) { origins.problem(option, $0) } }
        }
        var reader = UpstreamConnections(known)
        let authorities = reader.certificates(file("upstream-ca", options.authorities))
        let certificate = reader.pair(
            file("upstream-certificate", options.certificate),
            file("upstream-key", options.key)
        )
        let proxy: UpstreamConnection.Proxy =
            options.proxy.map { .url($0) } ?? (options.usesEnvironmentProxy ? .environment : .none)
        let connections = entries.map { entry in
            let own = entry.connection
            return reader.shared(
                UpstreamConnection(
                    authorities: reader.certificates(Self.file(own.authorities)) ?? authorities,
                    certificate: reader.pair(Self.file(own.certificate), Self.file(own.privateKey)) ?? certificate,
                    proxy: own.proxy.map { .url($0) } ?? proxy
                )
            )
        }
        try reader.problems.throwIfAny()
        return connections
    }

    private static func file(_ placed: ConfigurationFile.PlacedText?) -> File? {
        placed.map { placed in
            File(path: placed.text) { ConfigurationProblem(origin: placed.location, message: $0) }
        }
    }

    private mutating func shared(_ connection: UpstreamConnection) -> UpstreamConnection? {
        guard connection != .direct else { return nil }
        if let same = known.first(where: { $0 == connection }) { return same }
        known.append(connection)
        return connection
    }

    private mutating func certificates(_ file: File?) -> [UInt8]? {
        content(file, "certificate", PEMContent.hasCertificates)
    }

    private mutating func pair(_ certificate: File?, _ key: File?) -> UpstreamConnection.ClientCertificate? {
        guard let certificate, let key else { return nil }
        let chain = certificates(certificate)
        let privateKey = content(key, "private key", PEMContent.hasPrivateKey)
        guard let chain, let privateKey else { return nil }
        guard PEMContent.isPair(certificates: chain, key: privateKey) else {
            let words = "TLS: the key \(key.path) does not belong to the certificate \(certificate.path)."
            problems.add(key.problem(words))
            return nil
        }
        return UpstreamConnection.ClientCertificate(certificate: chain, key: privateKey)
    }

    /// Returns the content of a file; nil if it is not usable.
    private mutating func content(_ file: File?, _ what: String, _ isUsable: ([UInt8]) -> Bool) -> [UInt8]? {
        guard let file else { return nil }
        guard let content = FileManager.default.contents(atPath: file.path).map({ Array($0) }) else {
            problems.add(file.problem("TLS: cannot read \(file.path)."))
            return nil
        }
        guard isUsable(content) else {
            problems.add(file.problem("TLS: \(file.path) has no \(what) in PEM form that can be used."))
            return nil
        }
        return content
    }
}
