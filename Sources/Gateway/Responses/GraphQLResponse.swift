internal import GraphQL
internal import JSON
internal import Upstream

/// A serialized response to a GraphQL request, with the facts that its endpoint needs.
package struct GraphQLResponse: Sendable {
    /// The kind of a response, from which its HTTP status follows.
    package enum Kind: Sendable, Hashable {
        /// The operation was executed; the response has `data`, which may be null.
        case executed
        /// The request failed before execution: in parsing, validation, the selection of the operation or its variables.
        case requestError
        /// The request is not a well-formed GraphQL request.
        case malformed
        /// The hash of the document is unknown: the client sends the request again with the text.
        case unknownPersistedQuery
        /// The client has reached its rate limit.
        case rateLimited
        /// Its idempotency key was used for another request.
        case mismatch
        /// A request with its idempotency key is in progress.
        case conflict
    }

    package let kind: Kind
    /// The JSON text.
    package let body: [UInt8]
    /// The seconds for which the response is fresh: the least that any upstream response in it has left.
    package var maxAge = 0
    /// Whether all fields have values without errors, so that requests that wait for the response may get it.
    package var isComplete = false
    /// The errors of a response without data; empty: it has data.
    var failure: [GraphQLError] = []
    /// The errors of a response in whose data each field is null; empty: a field has a value, or there are no errors.
    var errorsOfNulls: [GraphQLError] = []
    /// The errors in `failure` as a JSON array.
    package var failureList: [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(errorList: failure)
        return output.array()
    }
    /// The validity of the response for equal requests; nil: it is not reused.
    package var validity: ResponseValidity?
    /// The status of the client's limits; nil: it is not limited.
    package var rateLimitStatus: RateLimitStatus?
    /// Whether it is the response to an earlier equal request, so that the write was not executed again.
    package var isReplayed = false
    /// The record of the response for observers.
    package var outcome = RequestOutcome()

    /// The conditions for sending it again; nil: it is not reused.
    package var reuse: ResponseReuse? {
        validity.map { ResponseReuse(validity: $0, interface: .graphQL, outcome: outcome) }
    }

    package init(kind: Kind, body: [UInt8]) {
        self.kind = kind
        self.body = body
    }

    /// The response with the status of the client's limits.
    // PERF: consuming, as a copy of a response has a dozen references.
    consuming func with(_ rateLimitStatus: RateLimitStatus?) -> GraphQLResponse {
        self.rateLimitStatus = rateLimitStatus
        return self
    }

    /// The response with a record for observers; the record gets the response's own error codes if it has none.
    consuming func with(_ outcome: RequestOutcome) -> GraphQLResponse {
        let codes = self.outcome.errorCodes
        self.outcome = outcome
        if self.outcome.errorCodes.isEmpty { self.outcome.errorCodes = codes }
        return self
    }

    /// A response with errors alone; an error without a code gets this one.
    static func refused(_ errors: [GraphQLError], code: String, kind: Kind = .requestError) -> GraphQLResponse {
        let coded = errors.map { error in
            var coded = error
            var extensions: JSONObject = ["code": .string(code)]
            for (name, value) in error.extensions { extensions[name] = value }
            coded.extensions = extensions
            return coded
        }
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"errors\":")
        output.append(errorList: coded)
        output.append(UInt8(ascii: "}"))
        var response = GraphQLResponse(kind: kind, body: output.array())
        response.outcome.errorCodes = coded.codes
        response.failure = coded
        return response
    }

    /// A response with one error and no data.
    package static func refused(_ code: ErrorCode, _ message: String, kind: Kind = .malformed) -> GraphQLResponse {
        refused([GraphQLError(message)], code: code.rawValue, kind: kind)
    }

    /// The response to a body that is not a GraphQL request.
    package static func malformed(_ message: String) -> GraphQLResponse {
        refused([GraphQLError(message)], code: ErrorCode.badUserInput.rawValue, kind: .malformed)
    }

    /// The response to a client that has reached its rate limit.
    static func rateLimited(_ status: RateLimitStatus) -> GraphQLResponse {
        let error = GraphQLError(
            RequestRefusal.rateLimitedMessage(status),
            extensions: ["retryAfter": .integer(status.secondsLeft)]
        )
        return refused([error], code: ErrorCode.rateLimited.rawValue, kind: .rateLimited).with(status)
    }

    /// The response to an operation that was executed, but whose data cannot be sent.
    static func withoutData(_ error: GraphQLError, extensions: JSONObject = JSONObject()) -> GraphQLResponse {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"data\":null")
        output.append(errors: [error])
        output.append(extensions: extensions)
        output.append(UInt8(ascii: "}"))
        var response = GraphQLResponse(kind: .executed, body: output.array())
        response.outcome.errorCodes = [error].codes
        response.failure = [error]
        return response
    }

    /// The responses of a batch, in the order of its requests; those that make it too large are replaced by errors.
    package static func batch(_ responses: [GraphQLResponse], limits: RequestLimits) -> GraphQLResponse {
        var body: [UInt8] = []
        let size = responses.reduce(2) { $0 + $1.body.count + 1 }
        body.reserveCapacity(min(size, limits.maximumResponseBytes))
        body.append(UInt8(ascii: "["))
        for (index, response) in responses.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            let isTooLarge =
                response.kind == .executed && body.count + response.body.count > limits.maximumResponseBytes
            body.append(contentsOf: isTooLarge ? withoutData(limits.responseTooLarge).body : response.body)
        }
        body.append(UInt8(ascii: "]"))
        // The requests were counted in this order, so that the last status has what is left after all of them.
        var batch = GraphQLResponse(kind: .executed, body: body).with(responses.last?.rateLimitStatus)
        batch.isReplayed = !responses.isEmpty && responses.allSatisfy(\.isReplayed)
        return batch
    }
}
