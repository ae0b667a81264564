internal import GraphQL
internal import JSON

/// Makes one call to a workspace, to check its configuration.
package struct WorkspaceProbe: Sendable {
    private let baseURL: String
    private let path: String
    private let transport: any Transport
    private let timeout: Duration
    private let connection: UpstreamConnection?

    /// Makes a probe.
    ///
    /// - Parameters:
    ///   - baseURL: the base URL of the workspace.
    ///   - bindings: the bindings of the schema, of which one collection is called.
    ///   - transport: sends the call.
    ///   - timeout: the longest time that the call may take.
    ///   - connection: the TLS and proxy settings; nil: those of the transport.
    package init(
        baseURL: String,
        bindings: BindingTable,
        transport: any Transport,
        timeout: Duration,
        connection: UpstreamConnection? = nil
    ) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.transport = transport
        self.timeout = timeout
        self.connection = connection
        path = bindings.probePath ?? ""
    }

    /// Makes the call.
    ///
    /// - Parameter credential: the configured key; nil: callers send their own.
    /// - Returns: the result of the call.
    package func run(credential: Credential?) async -> ProbeResult {
        var headers = [(name: "Accept", value: "application/json")]
        if let authorization = credential?.authorization {
            headers.append((name: "Authorization", value: authorization))
        }
        let request = TransportRequest(
            url: baseURL + path,
            headers: headers,
            timeout: timeout,
            connection: connection
        )
        switch await transport.send([request]).first {
        case .success(let response)?: return result(of: response, hasKey: credential?.authorization != nil)
        case .failure(let error)?: return ProbeResult(works: false, message: "\(message(of: error)) \(error.message)")
        case nil: return ProbeResult(works: false, message: "The call has no result.")
        }
    }

    private var isSecure: Bool { baseURL.lowercased().hasPrefix("https://") }

    /// The path of the call for messages.
    private var shownPath: String { String(path.prefix { $0 != "?" }) }

    private func message(of error: TransportError) -> String {
        switch error.code {
        case .couldNotResolve: "Wrong host: its name has no address; check the host in \"url\" and the DNS."
        case .couldNotConnect: "Nothing accepts connections there: check host and port of the base URL, and firewalls."
        case .timedOut:
            "There was no response in time: check host and port of the base URL, and firewalls that drop packets."
        case .tls where error.message.contains("Client Certificate"):
            "It demands a certificate of the gateway: give \"certificateFile\" and \"privateKeyFile\"."
        case .tls where error.message.contains("certificate") || error.message.contains("CA cert"):
            "Its certificate is not trusted: it is for another host, has expired, or its authority is not known here."
        case .tls: "There is no TLS on that port, or none that can be used: check the port, or use http:// in \"url\"."
        case .closedEarly where !isSecure, .malformedResponse where !isSecure:
            "It does not speak HTTP on that port; if it speaks TLS there, use https:// in \"url\"."
        default: "The call failed."
        }
    }

    private func result(of response: TransportResponse, hasKey: Bool) -> ProbeResult {
        let status = response.status
        switch status {
        case 200...299: return content(of: response)
        case 300...399:
            let target = response.headers.first("location").map { String($0.prefix { $0 != "?" && $0 != "#" }) }
            let words = target.map { "to \($0)" } ?? "elsewhere"
            return failure("It redirects \(words), which is not followed: put the address of the API into \"url\".")
        case 401 where hasKey, 403 where hasKey:
            return failure(
                "The key was refused (status \(status)): check that it is this workspace's, valid, and may read."
            )
        case 401, 403:
            return ProbeResult(works: true, message: "It can be reached, and asks for a key, which callers bring.")
        case 404, 410:
            return failure(
                "There is nothing at \(shownPath) below the base URL (status \(status)): check the path in \"url\"."
            )
        case 429:
            return ProbeResult(works: true, message: "It can be reached; the rate limit of the key is exhausted now.")
        case 400 where !isSecure && body(of: response).contains("HTTPS"):
            return failure("That port speaks TLS: use https:// in \"url\".")
        case 500...599: return failure("It responded with status \(status): the API itself does not work at present.")
        default: return failure("It responded with status \(status) to GET \(shownPath): check the path in \"url\".")
        }
    }

    private func content(of response: TransportResponse) -> ProbeResult {
        guard (try? JSONDocument(parsing: response.body)) != nil else {
            return failure("The response is no JSON, so that this is not the API: check host and path in \"url\".")
        }
        return ProbeResult(works: true, message: "It works.")
    }

    private func body(of response: TransportResponse) -> String {
        String(decoding: response.body.prefix(4096), as: UTF8.self)
    }

    private func failure(_ message: String) -> ProbeResult { ProbeResult(works: false, message: message) }
}

extension BindingTable {
    /// The path of a collection that can be called without variables, for one row; nil: there is none.
    fileprivate var probePath: String? {
        let nothing = JSONDocument(.object(JSONObject()))
        let extra: [CallTemplate.ExtraValue] = [conventions.pageParameter, conventions.perPageParameter]
            .compactMap { $0.map { ($0, "1") } }
        let collections = bindings.compactMap { $0.kind as? CollectionBinding }
        for collection in collections where collection.template.isIndependentOfParent {
            let parent = SourceDocument(nothing)
            let path = collection.template.expand(arguments: JSONObject(), parent: parent, node: 0, extra: extra)
            if let path { return path }
        }
        return nil
    }
}
