internal import Configuration
internal import FoundationEssentials
internal import JSONWebTokens
internal import Upstream

extension IssuerKeys {
    /// The keys of a file, or of a URL that is fetched by the gateway's own transport.
    static func make(
        _ source: ConfigurationFile.KeySource,
        transport: any Transport,
        timeout: Duration,
        log: @escaping @Sendable (String) -> Void
    ) -> IssuerKeys {
        switch source {
        case .file(let path):
            // A file is read at once, so that nothing has to be waited for.
            return IssuerKeys(
                fetch: { FileManager.default.contents(atPath: path).map { [UInt8]($0) } },
                now: { UnixTime.now },
                run: { body in Task.immediate { await body() } },
                log: log
            )
        case .url(let url):
            return IssuerKeys(
                fetch: {
                    let headers = [(name: "Accept", value: "application/json")]
                    let request = TransportRequest(url: url, headers: headers, timeout: timeout)
                    guard case .success(let response)? = await transport.send([request]).first else { return nil }
                    return response.status == 200 ? response.body : nil
                },
                now: { UnixTime.now },
                log: log
            )
        }
    }
}
