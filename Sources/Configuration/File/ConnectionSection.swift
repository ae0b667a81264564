/// Reads the connection settings of a workspace.
enum ConnectionSection {
    /// The greatest timeout of a call, in seconds: a year.
    private static let maximumTimeout = 31_536_000

    /// Reads the members of a workspace with connection settings.
    static func read(_ entry: SectionReader, _ rules: ConfigurationRules) -> ConfigurationFile.Connection {
        func file(_ name: String) -> ConfigurationFile.PlacedText? {
            entry.text(name).map { .init(text: rules.path($0), location: entry.location(of: name)) }
        }
        var connection = ConfigurationFile.Connection()
        connection.authorities = file("caFile")
        let (certificate, key) = (file("certificateFile"), file("privateKeyFile"))
        if entry["certificateFile"] != nil, entry["privateKeyFile"] == nil {
            entry.add("certificateFile", "needs \"privateKeyFile\"")
        } else if entry["privateKeyFile"] != nil, entry["certificateFile"] == nil {
            entry.add("privateKeyFile", "needs \"certificateFile\"")
        } else if let certificate, let key {
            (connection.certificate, connection.privateKey) = (certificate, key)
        }
        if let proxy = entry.text("proxy") {
            if let problem = ProxyURL.problem(with: proxy) {
                entry.add("proxy", problem)
            } else {
                connection.proxy = proxy
            }
        }
        connection.timeout = entry.integer("timeout", in: 1...maximumTimeout)
        return connection
    }
}
