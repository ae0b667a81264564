internal import ArgumentParser
internal import Gateway
internal import GraphQL
internal import Upstream

/// The limits of one request.
struct LimitOptions: ParsableArguments {
    @Option(help: "The seconds that one request may take.")
    var timeout: Int = 30

    @OptionGroup var document: DocumentLimitOptions

    @Option(
        help: """
            The most errors that a response lists: of a document's validation 100 at most, of variables 50 at most.
            """
    )
    var maxErrors: Int = 100

    @Option(
        name: .customLong("max-response-bytes"),
        help: "The most bytes of a response, whichever protocol it is for."
    )
    var maximumResponseBytes: Int = 16 << 20

    @Option(
        name: .customLong("max-rows"),
        help: "The most rows that a request may show, or hold while more is fetched below them."
    )
    var maximumRows: Int = 1_000_000

    @Option(
        help:
            "The most upstream calls that an operation may take; a more expensive one is refused before the first call."
    )
    var maxCalls: Int = 5000

    @Option(help: "The most requests that one client may send in a minute; unlimited if not given.")
    var clientRequestsPerMinute: Int?

    @Option(help: "The most estimated upstream calls of one client in a minute; unlimited if not given.")
    var clientCallsPerMinute: Int?

    @Option(
        name: .customLong("lane"),
        help: """
            A class of callers that has a share of each key's rate limit: \
            "NAME share=PERCENT priority=NUMBER session-calls=NUMBER". People (GraphQL) have \
            "people share=60 priority=3", scripts (JSON-RPC) "scripts share=25 priority=2", and assistants (MCP) \
            "agents share=15 priority=1", if not given; clients may be in others.
            """
    )
    var laneTexts: [String] = []

    @Option(help: "The hours for which an idempotency key is valid.")
    var idempotencyHours: Int = 24

    @Option(help: "The most megabytes of responses that are stored for writes with idempotency keys.")
    var idempotencyMegabytes: Int = 16

    @Option(
        help: """
            The share of a key's rate limit, in percent, that polling for changes leaves to requests; 100 turns polling off.
            """
    )
    var pollReserve: Int = 50

    func validate() throws {
        try OptionBound.checkPositive([
            "timeout": timeout, "max-response-bytes": maximumResponseBytes, "idempotency-hours": idempotencyHours,
            "idempotency-megabytes": idempotencyMegabytes,
        ])
        try OptionBound.check(["timeout": timeout], atMost: OptionBound.seconds)
        try OptionBound.check(["idempotency-hours": idempotencyHours], atMost: OptionBound.hours)
        try OptionBound.check(["idempotency-megabytes": idempotencyMegabytes], atMost: OptionBound.megabytes)
        try OptionBound.check(["max-response-bytes": maximumResponseBytes], atMost: OptionBound.bytes)
        let counts: KeyValuePairs<String, Int?> = [
            "max-errors": maxErrors, "max-rows": maximumRows, "max-calls": maxCalls,
            "client-requests-per-minute": clientRequestsPerMinute, "client-calls-per-minute": clientCallsPerMinute,
        ]
        try OptionBound.checkPositive(counts)
        try OptionBound.check(counts, atMost: OptionBound.count)
        guard 0...100 ~= pollReserve else { throw ValidationError("--poll-reserve is a percentage, from 0 to 100.") }
        _ = try lanes()
    }

    /// Returns the lanes in which callers spend the budgets of keys.
    ///
    /// - Throws: a `ValidationError` that describes the problem.
    func lanes() throws -> BudgetLanes {
        do throws(BudgetLanes.Invalid) {
            return try BudgetLanes(laneTexts)
        } catch {
            throw ValidationError(error.message)
        }
    }

    /// Returns the limits in the form of the service.
    func limits() -> RequestLimits {
        var limits = RequestLimits()
        limits.timeout = .seconds(timeout)
        limits.maximumErrors = maxErrors
        limits.maximumCalls = maxCalls
        limits.maximumResponseBytes = maximumResponseBytes
        limits.maximumRows = maximumRows
        limits.parser = document.parser
        limits.document = document.limits
        limits.idempotency.age = .seconds(idempotencyHours * 3600)
        limits.idempotency.maximumBytes = idempotencyMegabytes << 20
        limits.polls.reserve = Double(pollReserve) / 100
        limits.client = ClientLimits(
            requestsPerMinute: clientRequestsPerMinute,
            callsPerMinute: clientCallsPerMinute
        )
        return limits
    }
}
