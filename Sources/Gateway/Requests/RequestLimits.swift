package import GraphQL
package import Upstream

/// The limits of one request.
package struct RequestLimits: Sendable {
    /// How long a request may take, from its arrival to its response.
    package var timeout: Duration = .seconds(30)
    /// The most errors that a response lists; a last one states how many were left out.
    package var maximumErrors = 100
    /// The most upstream calls that an operation may take, as estimated before it is executed.
    package var maximumCalls = 5000
    /// The most rows that an operation may be guaranteed to show, as estimated before it is executed, and that its execution may hold
    /// of those below which more is fetched.
    package var maximumRows = 1_000_000
    /// The most bytes of the data of a response, and of all responses to one batch.
    package var maximumResponseBytes = 16 << 20
    /// The most bytes that cached operations may take up.
    package var operationStoreBytes = 16 << 20
    /// Tokens and depth of a document.
    package var parser = ParserLimits.standard
    /// How much a document may ask for.
    package var document = DocumentLimits()
    /// The limits of each client in a minute.
    package var client = ClientLimits()

    /// For how long responses to writes with an idempotency key are stored.
    package var idempotency = IdempotencyOptions()

    /// What may be spent to find changes that nobody reports.
    package var polls = PollOptions()

    /// The most errors of a document's validation that a response lists: no more than graphql-js lists.
    var maximumValidationErrors: Int { min(maximumErrors, 100) }
    /// The most errors of an operation's variables that a response lists: no more than graphql-js lists.
    var maximumVariableErrors: Int { min(maximumErrors, 50) }

    package init() {}
}
