internal import CLibcurl
private import CLibcurlShims
private import Glibc

extension CurlExchange {
    /// Returns the error for an exchange that libcurl ended.
    func failure(of result: CURLcode) -> TransportError {
        failure(errorCode(of: result), isConnected: false, detail: CurlExchange.description(of: result))
    }

    /// Returns the error for an exchange whose deadline has passed.
    func timeOut() -> TransportError {
        failure(.timedOut, isConnected: progress.timesSent > 0)
    }

    private func failure(
        _ code: TransportError.Code,
        isConnected: Bool,
        detail: @autoclosure () -> String = "unknown"
    ) -> TransportError {
        .exchange(
            code,
            origin: assignment?.origin.text ?? "The upstream",
            mayHaveBeenSent: progress.timesSent > 0,
            isConnected: isConnected,
            detail: detail()
        )
    }

    private func errorCode(of result: CURLcode) -> TransportError.Code {
        if progress.isTooLarge { return .tooLarge }
        if progress.hasContradictoryLengths { return .malformedResponse }
        if isLocalShortage(result) { return .resourcesExhausted }
        switch result {
        case CURLE_OPERATION_TIMEDOUT: return .timedOut
        case CURLE_COULDNT_CONNECT: return .couldNotConnect
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .couldNotResolve
        case CURLE_PARTIAL_FILE: return .truncated
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_ABORTED_BY_CALLBACK: return .closedEarly
        case CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            return progress.isHeadComplete ? .truncated : .closedEarly
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR: return .malformedResponse
        case CURLE_UNSUPPORTED_PROTOCOL: return progress.timesSent > 0 ? .malformedResponse : .invalidRequest
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: return .invalidRequest
        default: return CurlExchange.tlsResults.contains(result.rawValue) ? .tls : .other
        }
    }

    /// Whether a request failed because this machine has no descriptor, port or memory left.
    private func isLocalShortage(_ result: CURLcode) -> Bool {
        switch result {
        case CURLE_COULDNT_CONNECT:
            unsafe progress.lacksSocket || gw_curl_os_error(easy) == EADDRNOTAVAIL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            // The resolver does not report why it failed.
            LocalShortage.isWithoutDescriptors
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
            true
        default:
            false
        }
    }

    private static let tlsResults: Set<UInt32> = Set(
        [
            CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_USE_SSL_FAILED, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
        ].map(\.rawValue)
    )

    /// libcurl's constant text for a result; never its detailed one, which can quote the URL and received bytes.
    private static func description(of result: CURLcode) -> String {
        // SAFETY: libcurl's texts are constants.
        guard let text = unsafe curl_easy_strerror(result) else { return "error \(result.rawValue)" }
        return unsafe String(cString: text)
    }
}
