internal import Gateway
internal import NIOHTTP1

extension HTTPResponse {
    /// An error in JSON, with a code for programs and a message for people.
    static func error(_ status: HTTPResponseStatus, _ code: ErrorCode, _ message: String) -> HTTPResponse {
        var response = HTTPResponse(
            status: status,
            contentType: ResponseMediaType.json.contentType,
            body: GraphQLResponse.refused(code, message).body
        )
        response.refusal = HTTPResponse.Refusal(code: code, message: message)
        return response
    }

    /// The response to a request that is refused before it is complete.
    static func fault(_ fault: RequestFault, _ limits: ConnectionLimits) -> HTTPResponse {
        switch fault {
        case .tooLarge:
            .payloadTooLarge(maximum: limits.maximumBodyBytes)
        case .missingHost:
            .error(.badRequest, .badRequest, "A request needs one header field Host, and no other.")
        case .invalidHost:
            .error(.badRequest, .badRequest, "The value of Host must be a name or an IP address, and perhaps a port.")
        case .transferCoding:
            .error(
                .notImplemented,
                .badRequest,
                "The transfer coding is not known: send the body with Content-Length, or chunked."
            )
        case .transferCodingOfOldVersion:
            .error(.badRequest, .badRequest, "HTTP/1.0 has no transfer coding: send the body with Content-Length.")
        }
    }

    /// The response to a body that is too large.
    static func payloadTooLarge(maximum: Int) -> HTTPResponse {
        .error(.payloadTooLarge, .payloadTooLarge, "The body exceeds the limit of \(maximum) bytes.")
    }

    /// The response to header fields that are too large or too many.
    static func headersTooLarge(_ limits: ConnectionLimits) -> HTTPResponse {
        let message = "The header fields exceed \(limits.maximumHeaderBytes) bytes, or are more than 100."
        return .error(.requestHeaderFieldsTooLarge, .headersTooLarge, message)
    }

    /// The response to a request line whose target is too long.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9112#section-3-4
    static func targetTooLong(_ limits: ConnectionLimits) -> HTTPResponse {
        let message = "The target of the request exceeds \(limits.maximumHeaderBytes) bytes: send it as a POST."
        return .error(.uriTooLong, .headersTooLarge, message)
    }

    /// The response to `If-Match` without the current version of the document.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13
    static let preconditionFailed = HTTPResponse.error(
        .preconditionFailed,
        .badRequest,
        "If-Match names no version of this document that is served: send the request without it."
    )

    /// The response to bytes that are not an HTTP request.
    static let malformedHTTP = HTTPResponse.error(.badRequest, .badRequest, "The request is not HTTP/1.1.")

    /// The response to a request line with an unknown method.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-9.1
    static let unknownMethod = HTTPResponse.error(.notImplemented, .badRequest, "The method of the request is unknown.")

    /// The response to a request line with an unsupported version of HTTP.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-15.6.6
    static let unsupportedVersion = HTTPResponse.error(
        .httpVersionNotSupported,
        .badRequest,
        "The version of HTTP is not supported: use HTTP/1.1, or HTTP/2 over TLS."
    )

    /// The response to a request line that the parser rejects; nil: its fault is unknown.
    static func line(_ fault: RequestLineFault?) -> HTTPResponse {
        switch fault {
        case .unknownMethod: .unknownMethod
        case .unsupportedVersion: .unsupportedVersion
        case nil: .malformedHTTP
        }
    }

    /// The response to a request with too many bytes besides its header fields and its body.
    static let tooMuchPadding = HTTPResponse.error(
        .badRequest,
        .badRequest,
        "The request has too many bytes beside its header fields and its body, such as extensions of chunks."
    )

    /// The response to a request for which there is no memory.
    static let overloaded = HTTPResponse.error(
        .serviceUnavailable,
        .overloaded,
        "Too many requests are arriving at once; retry in 1 second."
    ).with("retry-after", "1")

    /// The response to a request that cannot begin because the server shuts down.
    static let shuttingDown = HTTPResponse.error(
        .serviceUnavailable,
        .shuttingDown,
        "The gateway is shutting down; connect again."
    )

    /// The response to a method that the target does not support.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6
    static func methodNotAllowed(
        allowed: String,
        _ message: String = "The target does not support this method"
    ) -> HTTPResponse {
        HTTPResponse.error(.methodNotAllowed, .methodNotAllowed, "\(message): use \(allowed).")
            .with("allow", allowed)
    }

    /// The response to OPTIONS, with the supported methods.
    static func methods(_ allowed: String) -> HTTPResponse {
        HTTPResponse(status: .noContent).with("allow", allowed)
    }

    /// The response with the request header fields that it depends on.
    // PERF: consuming, as a copy of a response has a dozen references.
    consuming func varying(by vary: Vary) -> HTTPResponse {
        self.vary = vary
        return self
    }

    /// The response with one more header field.
    consuming func with(_ name: String, _ value: String) -> HTTPResponse {
        headers.append((name: name, value: value))
        return self
    }

    /// The response with more header fields.
    consuming func with(_ fields: [(name: String, value: String)]) -> HTTPResponse {
        headers.append(contentsOf: fields)
        return self
    }
}
