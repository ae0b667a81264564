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
                fetch: { () throws(Unreadable) in
                    guard let data = FileManager.default.contents(atPath: path) else {
                        throw Unreadable("the file \(path) cannot be read")
                    }
                    return [UInt8](data)
                },
                now: { UnixTime.now },
                run: { body in Task.immediate { await body() } },
                log: log
            )
        case .url(let url):
            return IssuerKeys(
                fetch: { () async throws(Unreadable) in
                    let headers = [(name: "Accept", value: "application/json")]
                    let request = TransportRequest(url: url, headers: headers, timeout: timeout)
                    let shown = URLRedaction.redact(in: url)
                    switch await transport.send([request]).first {
                    case .success(let response)? where response.status == 200: return response.body
                    case .success(let response)?: throw Unreadable("\(shown) responded with status \(response.status)")
                    case .failure(let error)?:
                        throw Unreadable(
                            "\(shown): \(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message)"
                        )
                    case nil: throw Unreadable("\(shown) was not called")
                    }
                },
                now: { UnixTime.now },
                log: log
            )
        }
    }
}
