internal import ArgumentParser
internal import Sandbox

/// Faults that hit requests with a known key: by chance, or by their path.
struct FaultOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Delay this share of responses by this duration, such as 0.1:500ms.",
            valueName: "rate:duration"
        )
    )
    private var faultDelay: DelayArgument?

    @Option(help: ArgumentHelp("Reset the connection in place of this share of responses.", valueName: "rate"))
    private var faultReset: RateArgument?

    @Option(
        name: .customLong("fault-500"),
        help: ArgumentHelp("Respond to this share of requests with 500.", valueName: "rate")
    )
    private var fault500: RateArgument?

    @Option(
        name: .customLong("fault-429"),
        help: ArgumentHelp("Respond to this share of requests with 429 although budget is left.", valueName: "rate")
    )
    private var fault429: RateArgument?

    @Option(help: ArgumentHelp("Respond to this share of requests with a proxy's 502 page in HTML.", valueName: "rate"))
    private var faultHtml: RateArgument?

    @Option(help: ArgumentHelp("Truncate this share of responses in the middle of the body.", valueName: "rate"))
    private var faultTruncate: RateArgument?

    @Option(
        name: .customLong("fault-503"),
        help: ArgumentHelp("Respond to this share of requests with 503 and a pause of a second.", valueName: "rate")
    )
    private var fault503: RateArgument?

    @Option(
        name: .customLong("fault-200"),
        help: ArgumentHelp(
            "Respond to this share of requests with 200 and an error in the body, without an effect.",
            valueName: "rate"
        )
    )
    private var fault200: RateArgument?

    @Option(
        name: .customLong("fail-path"),
        help: ArgumentHelp(
            """
            Always respond to this path below /api/v1 with an error, such as /issues/ID, "PATCH /issues/ID" or /projects=503.
            """,
            valueName: "path"
        )
    )
    private var failPaths: [FailureArgument] = []

    /// The faults that were asked for.
    var faults: SandboxFaults {
        var faults = SandboxFaults()
        faults.delayRate = faultDelay?.rate ?? 0
        faults.delay = faultDelay?.duration ?? .zero
        faults.resetRate = faultReset?.rate ?? 0
        faults.internalErrorRate = fault500?.rate ?? 0
        faults.rateLimitRate = fault429?.rate ?? 0
        faults.htmlRate = faultHtml?.rate ?? 0
        faults.truncateRate = faultTruncate?.rate ?? 0
        faults.unavailableRate = fault503?.rate ?? 0
        faults.statedErrorRate = fault200?.rate ?? 0
        faults.failures = failPaths.map(\.failure)
        return faults
    }
}
