internal import GraphQL
internal import JSON
internal import Upstream

/// A serialized response to a GraphQL request, and what the endpoint has to know about it.
package struct GraphQLResponse: Sendable {
    /// How the request ended.
    package enum Kind: Sendable, Hashable {
        /// It was executed; `data` is there, perhaps null.
        case executed
        /// It failed before execution began: parsing, validation, the choice of operation or its variables.
        case requestError
        /// It is no GraphQL request.
        case malformed
        /// It names a document by a hash that is not known: the client sends it again with the text.
        case unknownPersistedQuery
        /// The client has asked for too much in too short a time.
        case rateLimited
        /// Its idempotency key stands for another request.
        case mismatch
        /// A request with its idempotency key is in progress.
        case conflict
    }

    package let kind: Kind
    /// The JSON text.
    package let body: [UInt8]
    /// For how many seconds the response stays fresh: the least that any upstream response behind it has left.
    package var maxAge = 0
    /// Whether it was executed without an error, so that others who wait for it may have it.
    package var isComplete = false
    /// Its errors, if it has no data; empty: it has some.
    var failure: [GraphQLError] = []
    /// Its errors, if each field of its data is null; empty: one has a value, or there are no errors.
    var errorsOfNulls: [GraphQLError] = []
    /// The same as a JSON array.
    package var failureList: [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(errorList: failure)
        return output.array()
    }
    /// Until when an equal request would get this response again; nil: it is not to be used again.
    package var validity: ResponseValidity?
    /// What the client has left of its minute, if that is limited.
    package var rateLimitStatus: RateLimitStatus?
    /// Whether it is the response to an equal request before, whose write is not carried out again.
    package var isReplayed = false
    /// What observers learn of it.
    package var outcome = RequestOutcome()

    /// What has to be known to send it again; nil: it is not to be used again.
    package var reuse: ResponseReuse? {
        validity.map { ResponseReuse(validity: $0, interface: .graphQL, outcome: outcome) }
    }

    package init(kind: Kind, body: [UInt8]) {
        self.kind = kind
        self.body = body
    }

    /// The response with what the client has left of its minute.
    func with(_ rateLimitStatus: RateLimitStatus?) -> GraphQLResponse {
        var response = self
        response.rateLimitStatus = rateLimitStatus
        return response
    }

    /// The response with what observers learn of it, beside the codes of errors that it has by itself.
    func with(_ outcome: RequestOutcome) -> GraphQLResponse {
        var response = self
        let codes = response.outcome.errorCodes
        response.outcome = outcome
        if response.outcome.errorCodes.isEmpty { response.outcome.errorCodes = codes }
        return response
    }

    /// A response of errors alone, each with the code that it brings or else this one.
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

    /// A response of one error.
    package static func refused(_ code: ErrorCode, _ message: String, kind: Kind = .malformed) -> GraphQLResponse {
        refused([GraphQLError(message)], code: code.rawValue, kind: kind)
    }

    /// The response to a body that is no GraphQL request.
    package static func malformed(_ message: String) -> GraphQLResponse {
        refused([GraphQLError(message)], code: ErrorCode.badUserInput.rawValue, kind: .malformed)
    }

    /// The response to a client that has used up its minute.
    static func rateLimited(_ status: RateLimitStatus) -> GraphQLResponse {
        let error = GraphQLError(
            RequestRefusal.rateLimitedMessage(status),
            extensions: ["retryAfter": .integer(status.secondsLeft)]
        )
        return refused([error], code: ErrorCode.rateLimited.rawValue, kind: .rateLimited).with(status)
    }

    /// The response of an operation that was executed, but whose data cannot be sent.
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
        // They were counted in this order, so that the last states what is left after all of them.
        var batch = GraphQLResponse(kind: .executed, body: body).with(responses.last?.rateLimitStatus)
        batch.isReplayed = !responses.isEmpty && responses.allSatisfy(\.isReplayed)
        return batch
    }
}
