private import CLibcurl
private import CLibcurlShims

/// One request and its response on a libcurl easy handle, which is reused.
///
/// Confined to the transport's thread.
@safe
final class CurlExchange {
    /// One request of a batch, with everything that is needed to send it.
    struct Assignment {
        /// The batch that receives the outcome.
        let batch: TransportBatch
        /// The index of the request in its batch.
        let index: Int
        /// The scheme, host and port to which the request goes.
        let origin: CurlOrigin
        /// The request's header fields.
        let headerList: CurlHeaderList
        /// The time by which the exchange must be over.
        let deadline: MonotonicTime

        /// The request.
        var request: TransportRequest { batch.requests[index] }
    }

    /// The request of the exchange; nil while it is idle.
    private(set) var assignment: Assignment?
    /// The index in the event loop's list of active exchanges.
    var slot = 0

    /// libcurl's handle.
    let easy: UnsafeMutableRawPointer
    /// The event loop, as libcurl's callbacks receive it; it outlives the exchange.
    let loop: UnsafeMutableRawPointer

    /// The response so far, and the number of times that the request was sent.
    var progress: Progress

    // The options of the handle; libcurl stores pointers to the first two.
    private var origin: CurlOrigin?
    private var headerList: CurlHeaderList?
    private var isPlainGet = true
    // libcurl copies these options.
    private var connection: UpstreamConnection?
    private let configuration: CurlTransportConfiguration
    /// Addresses of hosts that are not looked up.
    let knownAddresses: CurlTextList?

    /// Makes an exchange and sets the options that are the same for all requests.
    init(_ configuration: CurlTransportConfiguration, loop: UnsafeMutableRawPointer) throws(TransportError) {
        guard let easy = unsafe curl_easy_init() else { throw .setUp("curl_easy_init") }
        unsafe self.easy = easy
        unsafe self.loop = loop
        progress = Progress(maximumBodyBytes: max(0, configuration.maximumResponseBytes))
        self.configuration = configuration
        knownAddresses = configuration.knownAddresses.isEmpty ? nil : CurlTextList(configuration.knownAddresses)
        try check(setUpOptions(configuration, configuration.connection))
        connection = configuration.connection
    }

    deinit {
        // SAFETY: the event loop has removed the handle from its multi handle.
        unsafe curl_easy_cleanup(easy)
    }

    /// Prepares the handle for a request.
    func prepare(_ assignment: Assignment) throws(TransportError) {
        let request = assignment.request
        let connection = request.connection ?? configuration.connection
        try setConnection(connection)
        try setMethod(request)
        if connection.mayUseProxy, !assignment.origin.isSecure {
            try setWholeURL(request.url)
        } else {
            try setOrigin(assignment.origin)
            try setTarget(request.url, assignment.origin)
        }
        if assignment.headerList !== headerList {
            try check(unsafe gw_curl_setopt_list(easy, CURLOPT_HTTPHEADER, assignment.headerList.first))
            headerList = assignment.headerList
        }
        self.assignment = assignment
    }

    /// Removes the request and its response, so that the handle can be reused.
    func recycle() {
        assignment = nil
        progress.reset()
        guard !isPlainGet else { return }
        isPlainGet = true
        // SAFETY: the handle is idle. None of these can fail: they free what was set before.
        unsafe gw_curl_setopt_string(easy, CURLOPT_COPYPOSTFIELDS, nil)
        unsafe gw_curl_setopt_string(easy, CURLOPT_CUSTOMREQUEST, nil)
        unsafe gw_curl_setopt_long(easy, CURLOPT_HTTPGET, 1)
    }

    /// Whether the request must not be sent a second time on a new connection.
    var mustBeSentOnce: Bool { !isPlainGet }

    // MARK: - Options of one request

    /// Sets the TLS and proxy options.
    ///
    /// libcurl compares these options with those of its open connections before it uses one of them again.
    private func setConnection(_ connection: UpstreamConnection) throws(TransportError) {
        guard connection !== self.connection else { return }
        // By a reset: not every option has a value that stands for libcurl's own default.
        unsafe curl_easy_reset(easy)
        (self.connection, origin, headerList) = (nil, nil, nil)
        try check(setUpOptions(configuration, connection))
        self.connection = connection
    }

    /// Sets a URL from which libcurl makes the request line, because only libcurl knows whether a proxy is used, and which kind.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    private func setWholeURL(_ url: String) throws(TransportError) {
        try check(unsafe gw_curl_setopt_pointer(easy, CURLOPT_CURLU, nil))
        try check(unsafe gw_curl_setopt_string(easy, CURLOPT_URL, url))
        try check(unsafe gw_curl_setopt_string(easy, CURLOPT_REQUEST_TARGET, nil))
        origin = nil
    }

    private func setOrigin(_ origin: CurlOrigin) throws(TransportError) {
        guard origin !== self.origin else { return }
        // libcurl connects to the parsed origin, but stores the text for when it sends a request again.
        try check(unsafe gw_curl_setopt_string(easy, CURLOPT_URL, origin.text))
        try check(unsafe gw_curl_setopt_pointer(easy, CURLOPT_CURLU, UnsafeMutableRawPointer(origin.handle)))
        // Over TLS, the second of two simultaneous requests should share the first one's HTTP/2 connection.
        try check(unsafe gw_curl_setopt_long(easy, CURLOPT_PIPEWAIT, origin.isSecure ? 1 : 0))
        self.origin = origin
    }

    /// Sets the target of the request line.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3.2
    private func setTarget(_ url: String, _ origin: CurlOrigin) throws(TransportError) {
        let start = origin.text.utf8.count
        let code: CURLcode
        if url.utf8.dropFirst(start).first != UInt8(ascii: "/") {
            code = unsafe gw_curl_setopt_string(easy, CURLOPT_REQUEST_TARGET, "/" + url.dropFirst(start))
        } else {
            // SAFETY: the URL has no fewer bytes than its origin, and libcurl copies the string.
            code = unsafe url.withCString { unsafe gw_curl_setopt_string(easy, CURLOPT_REQUEST_TARGET, $0 + start) }
        }
        try check(code)
    }

    private func setMethod(_ request: TransportRequest) throws(TransportError) {
        let mayHaveBody: Bool
        switch request.method {
        case "GET":
            guard request.body == nil else { throw .invalid("A GET has no body.") }
            return
        case "DELETE": mayHaveBody = request.body != nil
        case "POST", "PUT", "PATCH": mayHaveBody = true
        default: throw .invalid("The method is none of GET, POST, PUT, PATCH and DELETE.")
        }
        isPlainGet = false
        try check(unsafe gw_curl_setopt_string(easy, CURLOPT_CUSTOMREQUEST, request.method))
        if mayHaveBody { try setBody(request.body ?? []) }
    }

    private func setBody(_ body: [UInt8]) throws(TransportError) {
        try check(unsafe gw_curl_setopt_long(easy, CURLOPT_POST, 1))
        try check(unsafe gw_curl_setopt_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        // SAFETY: libcurl copies exactly the size that was set just before.
        let code = unsafe body.withUnsafeBytes { bytes in
            unsafe gw_curl_setopt_pointer(
                easy,
                CURLOPT_COPYPOSTFIELDS,
                body.isEmpty ? easy : UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            )
        }
        try check(code)
    }

    private func check(_ code: CURLcode) throws(TransportError) {
        guard code == CURLE_OK else { throw .setUp("curl_easy_setopt") }
    }
}
