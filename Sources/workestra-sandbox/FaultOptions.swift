internal import ArgumentParser
internal import Sandbox

/// Faults that hit requests with a known key, by chance.
struct FaultOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Hold back so many answers for so long, such as 0.1:500ms.", valueName: "rate:duration"))
    private var faultDelay: DelayArgument?

    @Option(help: ArgumentHelp("Reset so many connections in place of an answer.", valueName: "rate"))
    private var faultReset: RateArgument?

    @Option(name: .customLong("fault-500"), help: ArgumentHelp("Answer so many requests with 500.", valueName: "rate"))
    private var fault500: RateArgument?

    @Option(
        name: .customLong("fault-429"),
        help: ArgumentHelp("Answer so many requests with 429 although budget is left.", valueName: "rate")
    )
    private var fault429: RateArgument?

    @Option(help: ArgumentHelp("Answer so many requests with a proxy's 502 page in HTML.", valueName: "rate"))
    private var faultHtml: RateArgument?

    @Option(help: ArgumentHelp("Cut so many answers off in the middle of the body.", valueName: "rate"))
    private var faultTruncate: RateArgument?

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
        return faults
    }
}
