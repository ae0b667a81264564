internal import CLibcurl
private import CLibcurlShims

extension CurlExchange {
    /// When the exchange must be over.
    var deadline: MonotonicTime { assignment?.deadline ?? .distantFuture }

    /// How far an exchange has come.
    struct Progress {
        /// How often libcurl was about to send the request.
        var timesSent = 0
        /// The lines of the final response's head.
        var head: [UInt8] = []
        /// Whether the head's empty line has come; what follows are trailers.
        var isHeadComplete = false
        /// The decoded content.
        var body: [UInt8] = []
        /// Whether the head or the content is larger than allowed.
        var isTooLarge = false
    }

    private static let maximumHeadBytes = 256 << 10

    /// Lets libcurl call this exchange. It must not move or go away before its handle does.
    func setUpCallbacks() -> CURLcode {
        // SAFETY: libcurl calls back only while it works on the handle, which the exchange owns.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_PRIVATE, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_PREREQDATA] {
            let code = unsafe gw_curl_setopt_pointer(easy, option, context)
            guard code == CURLE_OK else { return code }
        }
        var code = unsafe gw_curl_setopt_request_callback(easy) { context, _, _, _, _ in
            unsafe CurlExchange.fromOpaque(context).willSendRequest()
        }
        guard code == CURLE_OK else { return code }
        code = unsafe gw_curl_setopt_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe CurlExchange.fromOpaque(context).didReceiveHeader(line)
        }
        guard code == CURLE_OK else { return code }
        return unsafe gw_curl_setopt_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe CurlExchange.fromOpaque(context).didReceiveBody(part)
        }
    }

    /// Returns the exchange that a callback or `CURLOPT_PRIVATE` names.
    static func fromOpaque(_ context: UnsafeMutableRawPointer) -> CurlExchange {
        unsafe Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
    }

    private func willSendRequest() -> Int32 {
        progress.timesSent += 1
        // libcurl sends a request again if a kept connection turns out to be closed. The upstream may have acted on the
        // first one nevertheless, so only a GET may be repeated.
        return progress.timesSent > 1 && mustBeSentOnce ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
    }

    private func didReceiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        if unsafe line.starts(with: "HTTP/".utf8) {
            // The first line of an interim response or of the final one: what came before is of no interest.
            progress.head.removeAll(keepingCapacity: true)
            progress.head.reserveCapacity(512)
            progress.isHeadComplete = false
        }
        guard !progress.isHeadComplete else { return line.count }
        guard progress.head.count + line.count <= CurlExchange.maximumHeadBytes else { return refuse() }
        progress.isHeadComplete = line.count <= 2
        unsafe progress.head.append(contentsOf: line)
        return line.count
    }

    private func didReceiveBody(_ part: UnsafeRawBufferPointer) -> Int {
        guard part.count <= maximumBodyBytes - progress.body.count else { return refuse() }
        if progress.body.isEmpty {
            // PERF: measured; the announced length saves the array's growth. With a content coding it is a lower bound.
            let announced = Int(clamping: unsafe gw_curl_content_length(easy))
            guard announced <= maximumBodyBytes else { return refuse() }
            progress.body.reserveCapacity(max(announced, part.count))
        }
        unsafe progress.body.append(contentsOf: part)
        return part.count
    }

    /// Ends the transfer: libcurl takes any number other than that of the bytes it gave as an error.
    private func refuse() -> Int {
        progress.isTooLarge = true
        return Int(CURL_WRITEFUNC_ERROR)
    }

    // MARK: - The end

    /// Tells what libcurl's result means, and hands over what came.
    func outcome(of result: CURLcode) -> TransportBatch.Outcome {
        guard result == CURLE_OK else { return .failure(failure(of: result)) }
        let status = unsafe gw_curl_response_code(easy)
        guard (200...999).contains(status) else { return .failure(failure(of: CURLE_WEIRD_SERVER_REPLY)) }
        return .success(
            TransportResponse(status: status, headers: TransportHeaders(bytes: progress.head), body: progress.body)
        )
    }
}
