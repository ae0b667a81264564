/// The reason why a request has no response.
package struct TransportError: Error, Hashable, Sendable {
    /// The kind of failure.
    package let code: Code

    /// A sentence for people about the failure.
    ///
    /// It names the upstream's origin, but never a path, a query, a header or a key.
    package let message: String

    /// Whether the upstream may have received the request; false only if certainly no byte of it was sent.
    package let requestMayHaveBeenSent: Bool

    package init(_ code: Code, _ message: String, requestMayHaveBeenSent: Bool) {
        self.code = code
        self.message = message
        self.requestMayHaveBeenSent = requestMayHaveBeenSent
    }

    /// Whether the same request, if it is idempotent or was not sent, may succeed shortly after.
    package var isRetryable: Bool { code.isTransient }

    /// Whether the failure shows that the upstream works, or that it does not; nil: it shows neither.
    package var showsThatUpstreamWorks: Bool? { code.showsThatUpstreamWorks }
}

extension TransportError {
    /// The kinds of failure.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Kind: String {
            case timedOut, couldNotConnect, couldNotResolve, closedEarly, truncated, tooLarge, tls, malformedResponse
            case resourcesExhausted
            case invalidRequest, cancelled, shutDown, other
        }

        private let kind: Kind

        private init(_ kind: Kind) {
            self.kind = kind
        }

        /// No whole response within the request's timeout, or no connection within the time to connect.
        package static let timedOut = Code(.timedOut)
        /// The upstream's address accepts no connections.
        package static let couldNotConnect = Code(.couldNotConnect)
        /// The upstream's host name has no address.
        package static let couldNotResolve = Code(.couldNotResolve)
        /// The connection broke before any content was received.
        package static let closedEarly = Code(.closedEarly)
        /// The connection broke within the content.
        package static let truncated = Code(.truncated)
        /// The response has more bytes than the configuration allows.
        package static let tooLarge = Code(.tooLarge)
        /// No secure connection could be established, or the upstream's certificate is not trusted.
        package static let tls = Code(.tls)
        /// The response is not HTTP, or its content coding is broken.
        package static let malformedResponse = Code(.malformedResponse)
        /// The request cannot be sent as it is; no byte of it was.
        package static let invalidRequest = Code(.invalidRequest)
        /// The task of the caller was cancelled.
        package static let cancelled = Code(.cancelled)
        /// The transport is shut down.
        package static let shutDown = Code(.shutDown)
        /// This machine lacks descriptors, ports or memory for the request; the upstream is not the cause.
        package static let resourcesExhausted = Code(.resourcesExhausted)
        /// Anything else.
        package static let other = Code(.other)

        package var description: String { kind.rawValue }

        fileprivate var isTransient: Bool {
            switch kind {
            case .timedOut, .couldNotConnect, .couldNotResolve, .closedEarly, .truncated, .resourcesExhausted, .other:
                true
            case .tooLarge, .tls, .malformedResponse, .invalidRequest, .cancelled, .shutDown: false
            }
        }

        fileprivate var showsThatUpstreamWorks: Bool? {
            switch kind {
            case .timedOut, .couldNotConnect, .couldNotResolve, .closedEarly, .truncated, .tls, .malformedResponse:
                false
            case .tooLarge: true
            case .invalidRequest, .cancelled, .shutDown, .resourcesExhausted, .other: nil
            }
        }
    }
}
