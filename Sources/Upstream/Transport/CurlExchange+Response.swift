internal import CLibcurl
private import CLibcurlShims

extension CurlExchange {
    /// Sets the callbacks by which libcurl reports the response to this exchange.
    ///
    /// The exchange must outlive its handle.
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

    /// Returns the exchange that is the context of a callback or of `CURLOPT_PRIVATE`.
    static func fromOpaque(_ context: UnsafeMutableRawPointer) -> CurlExchange {
        unsafe Unmanaged<CurlExchange>.fromOpaque(context).takeUnretainedValue()
    }

    private func willSendRequest() -> Int32 {
        progress.timesSent += 1
        // libcurl sends a request again if a reused connection turns out to be closed. The upstream may have executed the first one
        // nevertheless, so only a GET may be repeated.
        return progress.timesSent > 1 && mustBeSentOnce ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
    }

    private func didReceiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        unsafe progress.appendToHead(line) ? line.count : Int(CURL_WRITEFUNC_ERROR)
    }

    private func didReceiveBody(_ part: UnsafeRawBufferPointer) -> Int {
        // With a content coding, this is most likely a lower bound.
        let announced = progress.body.isEmpty ? Int(clamping: unsafe gw_curl_content_length(easy)) : 0
        return unsafe progress.appendToBody(part, announced: announced) ? part.count : Int(CURL_WRITEFUNC_ERROR)
    }

    // MARK: - The end

    /// Converts libcurl's result and the received response.
    func outcome(of result: CURLcode) -> TransportBatch.Outcome {
        guard result == CURLE_OK else { return .failure(failure(of: result)) }
        // For libcurl, a connection that ends within the head is the end of a response without content.
        guard progress.isHeadComplete else { return .failure(failure(of: CURLE_GOT_NOTHING)) }
        let status = unsafe gw_curl_response_code(easy)
        guard (200...999).contains(status) else { return .failure(failure(of: CURLE_WEIRD_SERVER_REPLY)) }
        return .success(
            TransportResponse(status: status, headers: TransportHeaders(bytes: progress.head), body: progress.body)
        )
    }
}
