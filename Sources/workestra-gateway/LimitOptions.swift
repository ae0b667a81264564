internal import ArgumentParser
internal import Gateway
internal import GraphQL
internal import Upstream

/// How much one request may ask for.
struct LimitOptions: ParsableArguments {
    @Option(help: "The seconds that one request may take.")
    var timeout: Int = 30

    @Option(help: "The most tokens of a document.")
    var maxTokens: Int = 15_000

    @Option(help: "How deep fields may nest, with fragments spread.")
    var maxDepth: Int = 30

    @Option(help: "The most aliases of an operation, with fragments spread.")
    var maxAliases: Int = 1000

    @Option(help: "The most fields at the root of an operation.")
    var maxRootFields: Int = 500

    @Option(help: "The most directives in one place.")
    var maxDirectives: Int = 20

    @Option(help: "How often the lists of introspection may nest.")
    var maxIntrospectionDepth: Int = 4

    @Option(help: "The most errors that a response lists.")
    var maxErrors: Int = 100

    @Option(help: "The most upstream calls that an operation may take; a dearer one is refused before any is made.")
    var maxCalls: Int = 5000

    @Option(help: "The most requests that one client may send in a minute; unlimited if not given.")
    var clientRequestsPerMinute: Int?

    @Option(help: "The most upstream calls, as priced, that one client may order in a minute; unlimited if not given.")
    var clientCallsPerMinute: Int?

    func validate() throws {
        let all = [
            timeout, maxTokens, maxDepth, maxAliases, maxRootFields, maxDirectives, maxIntrospectionDepth, maxErrors,
            maxCalls, clientRequestsPerMinute ?? 1, clientCallsPerMinute ?? 1,
        ]
        guard all.allSatisfy({ $0 > 0 }) else { throw ValidationError("Limits must be greater than zero.") }
    }

    /// The limits as the service takes them.
    func limits() -> RequestLimits {
        var limits = RequestLimits()
        limits.timeout = .seconds(timeout)
        limits.maximumErrors = maxErrors
        limits.maximumCalls = maxCalls
        limits.parser.maximumTokens = maxTokens
        limits.document.maximumDepth = maxDepth
        limits.document.maximumAliases = maxAliases
        limits.document.maximumRootFields = maxRootFields
        limits.document.maximumDirectives = maxDirectives
        limits.document.maximumIntrospectionDepth = maxIntrospectionDepth
        limits.client = ClientLimits(
            requestsPerMinute: clientRequestsPerMinute,
            callsPerMinute: clientCallsPerMinute
        )
        return limits
    }
}
