internal import CLibcurl
private import CLibcurlShims

extension CurlExchange {
    /// Sets the options that are the same for all requests with the same TLS and proxy settings.
    func setUpOptions(_ configuration: CurlTransportConfiguration, _ connection: UpstreamConnection) -> CURLcode {
        for (option, value) in numbers(configuration) {
            let code = unsafe gw_curl_setopt_long(easy, option, value)
            guard code == CURLE_OK else { return code }
        }
        for (option, value) in strings(configuration) {
            let code = unsafe gw_curl_setopt_string(easy, option, value)
            guard code == CURLE_OK else { return code }
        }
        var code = setUpTLS(connection)
        guard code == CURLE_OK else { return code }
        code = setUpProxy(connection.proxy)
        guard code == CURLE_OK else { return code }
        code = setKnownAddresses()
        guard code == CURLE_OK else { return code }
        code = setUpCallbacks()
        guard code == CURLE_OK else { return code }
        // SAFETY: libcurl opens sockets only while it works on the handle, which the exchange owns.
        let exchange = unsafe Unmanaged.passUnretained(self).toOpaque()
        return unsafe CurlEventLoop.setUpSocketCallbacks(of: easy, exchange: exchange, loop: loop)
    }

    private func numbers(_ configuration: CurlTransportConfiguration) -> [(CURLoption, Int)] {
        let version = configuration.allowsHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        var options = [
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_HTTP_VERSION, Int(version)),
            (CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds),
            // Without this, ending an exchange waits for the resolver's thread and so blocks all others.
            (CURLOPT_QUICK_EXIT, 1),
            (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
            (CURLOPT_PATH_AS_IS, 1),
            (CURLOPT_TCP_KEEPALIVE, 1),
            // PERF: measured; a response of 40 kB costs a tenth less than with the default of 16 kB, and no less with more.
            (CURLOPT_BUFFERSIZE, 65_536),
        ]
        if let limit = configuration.lowSpeedLimit {
            options.append((CURLOPT_LOW_SPEED_LIMIT, limit.bytesPerSecond))
            options.append((CURLOPT_LOW_SPEED_TIME, limit.seconds))
        }
        return options
    }

    private func strings(_ configuration: CurlTransportConfiguration) -> [(CURLoption, String)] {
        var options = [(CURLOPT_PROTOCOLS_STR, "http,https")]
        // Makes libcurl decode the codings that it supports; the header field `Accept-Encoding` is among the header lists' defaults.
        if configuration.acceptsCompression { options.append((CURLOPT_ACCEPT_ENCODING, "")) }
        return options
    }

    /// Sets the addresses of hosts that are not looked up.
    private func setKnownAddresses() -> CURLcode {
        guard let knownAddresses else { return CURLE_OK }
        // SAFETY: the exchange keeps the list as long as it has the handle.
        return unsafe gw_curl_setopt_list(easy, CURLOPT_RESOLVE, knownAddresses.first)
    }

    /// Sets the trusted certificates and the client certificate.
    private func setUpTLS(_ connection: UpstreamConnection) -> CURLcode {
        if let authorities = connection.authorities {
            // Otherwise the system's folder of certificates is trusted too.
            let code = unsafe gw_curl_setopt_string(easy, CURLOPT_CAPATH, nil)
            guard code == CURLE_OK else { return code }
            let contentCode = setContent(CURLOPT_CAINFO_BLOB, authorities)
            guard contentCode == CURLE_OK else { return contentCode }
        }
        guard let client = connection.certificate else { return CURLE_OK }
        let code = setContent(CURLOPT_SSLCERT_BLOB, client.certificate)
        return code == CURLE_OK ? setContent(CURLOPT_SSLKEY_BLOB, client.key) : code
    }

    private func setContent(_ option: CURLoption, _ bytes: [UInt8]) -> CURLcode {
        // SAFETY: libcurl copies the bytes.
        unsafe bytes.withUnsafeBytes { unsafe gw_curl_setopt_copied_bytes(easy, option, $0.baseAddress, $0.count) }
    }

    private func setUpProxy(_ proxy: UpstreamConnection.Proxy) -> CURLcode {
        // An empty string, unlike no string, makes libcurl ignore the environment.
        let url: String
        switch proxy {
        case .environment: return CURLE_OK
        case .none: url = ""
        case .url(let text): url = text
        }
        let code = unsafe gw_curl_setopt_string(easy, CURLOPT_PROXY, url)
        return code == CURLE_OK ? unsafe gw_curl_setopt_string(easy, CURLOPT_NOPROXY, "") : code
    }
}

extension Duration {
    /// The duration in milliseconds, at least 1.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = Int(min(max(seconds, 0), 1_000_000))
        return max(1, bounded * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
