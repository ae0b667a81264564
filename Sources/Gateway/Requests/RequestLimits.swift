package import GraphQL
package import Upstream

/// The limits of one request.
package struct RequestLimits: Sendable {
    /// The timeout of a request, from its arrival to its response.
    package var timeout: Duration = .seconds(30)
    /// The most errors that a response lists; a last one states how many were left out.
    package var maximumErrors = 100
    /// The most upstream calls that an operation may take, as estimated before it is executed.
    package var maximumCalls = 5000
    /// The most rows that an operation may be guaranteed to return, as estimated before it is executed, and the most rows with nested
    /// calls that its execution may hold.
    package var maximumRows = 1_000_000
    /// The most bytes of a response's data, and of all responses to one batch.
    package var maximumResponseBytes = 16 << 20
    /// The most bytes of all cached operations.
    package var operationStoreBytes = 16 << 20
    /// The most tokens, and the greatest depth, of a document.
    package var parser = ParserLimits.standard
    /// The limits of the fields that an operation selects.
    package var document = DocumentLimits()
    /// The limits of each client per minute.
    package var client = ClientLimits()

    /// The limits of stored replies to writes with an idempotency key.
    package var idempotency = IdempotencyOptions()

    /// The limits of polling for changes that no webhook reports.
    package var polls = PollOptions()

    /// The most validation errors that a response lists: at most as many as graphql-js lists.
    var maximumValidationErrors: Int { min(maximumErrors, 100) }
    /// The most errors of variables that a response lists: at most as many as graphql-js lists.
    var maximumVariableErrors: Int { min(maximumErrors, 50) }

    package init() {}
}
