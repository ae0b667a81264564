package import GraphQL

/// What one request may ask for.
package struct RequestLimits: Sendable {
    /// How long a request may take, from its arrival to its answer.
    package var timeout: Duration = .seconds(30)
    /// The most errors that a response lists; a last one tells how many were left out.
    package var maximumErrors = 100
    /// The bytes that kept operations may take up.
    package var operationStoreBytes = 32 << 20
    /// Tokens and depth of a document.
    package var parser = ParserLimits.standard

    package init() {}
}
