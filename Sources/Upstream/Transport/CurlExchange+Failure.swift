internal import CLibcurl
private import CLibcurlShims
private import Glibc

extension CurlExchange {
    /// Returns the error for an exchange that libcurl ended.
    func failure(of result: CURLcode) -> TransportError {
        let code = errorCode(of: result)
        return failure(code, CurlExchange.reason(of: code, result))
    }

    /// Returns the error for an exchange whose time is up.
    func timeOut() -> TransportError {
        failure(.timedOut, progress.timesSent == 0 ? "was not connected in time" : "did not respond in time")
    }

    private func failure(_ code: TransportError.Code, _ reason: String) -> TransportError {
        // The origin only: the rest of the URL may hold what is nobody's business.
        let subject = assignment?.origin.text ?? "The upstream"
        return TransportError(code, "\(subject) \(reason).", requestMayHaveBeenSent: progress.timesSent > 0)
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
            // The resolver does not say why it failed.
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

    /// Ends a sentence that begins with the upstream's origin.
    private static func reason(of code: TransportError.Code, _ result: CURLcode) -> String {
        switch code {
        case .timedOut: return "was not connected in time"
        case .couldNotConnect: return "accepts no connection"
        case .couldNotResolve: return "has a name without an address"
        case .closedEarly: return "closed the connection before it responded"
        case .truncated: return "broke off in the middle of its response"
        case .tooLarge: return "sent a response that is too large"
        case .malformedResponse: return "sent a response that is not valid HTTP"
        case .invalidRequest: return "has a URL that is not valid"
        case .resourcesExhausted: return "could not be called: this machine lacks descriptors, ports or memory"
        case .tls: return "has no trusted and secure connection: \(description(of: result))"
        default: return "could not be asked: \(description(of: result))"
        }
    }

    /// libcurl's fixed text for a result; never the detailed one, which can quote the URL and what was received.
    private static func description(of result: CURLcode) -> String {
        // SAFETY: libcurl's texts are constants.
        guard let text = unsafe curl_easy_strerror(result) else { return "error \(result.rawValue)" }
        return unsafe String(cString: text)
    }
}
