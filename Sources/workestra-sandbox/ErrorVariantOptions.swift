internal import ArgumentParser
internal import Sandbox

extension ErrorShape: ExpressibleByArgument {}
extension ErrorStatus: ExpressibleByArgument {}
extension RateLimitHeaders: ExpressibleByArgument {}
extension ResetFormat: ExpressibleByArgument {}
extension RetryAfter: ExpressibleByArgument {}
extension RetryAfterFormat: ExpressibleByArgument {}
extension RetryAfterBody: ExpressibleByArgument {}
extension Validators: ExpressibleByArgument {}
extension NotModified: ExpressibleByArgument {}

/// The API variants of errors, rate limits and validators.
struct ErrorVariantOptions: ParsableArguments {
    @Option(help: "The shape of error bodies.")
    private var errors = SandboxBehavior().errors

    @Option(help: "The status of errors; with 200 only 401, 404, 405, 410 and 429 keep theirs.")
    private var errorStatus = SandboxBehavior().errorStatus

    @Option(
        help: """
            Reads and writes counted apart or together; absent and wrong count apart and state nothing, or always a full \
            budget; ietf and ietf-earlier state it in the fields of the IETF draft.
            """
    )
    private var rateLimitHeaders = SandboxBehavior().rateLimitHeaders

    @Option(help: "How X-RateLimit-Reset is written: as a time, or as the time from now.")
    private var reset = SandboxBehavior().reset

    @Option(help: "Whether a 429 or 503 carries Retry-After.")
    private var retryAfter = SandboxBehavior().retryAfter

    @Option(help: "How Retry-After is written: 2, 1.25, a date, or 2s.")
    private var retryAfterFormat = SandboxBehavior().retryAfterFormat

    @Option(help: "How the body of a 429 or 503 states the pause: 2, 2.0, or not at all.")
    private var retryAfterBody = SandboxBehavior().retryAfterBody

    @Option(help: "By how many seconds, which may be negative, the API's clock is ahead; with it responses carry Date.")
    private var clockSkew = 0

    @Flag(help: "Send Date.")
    private var dateHeader = false

    @Option(help: "Which validator GETs carry and respond to with 304.")
    private var validators = SandboxBehavior().validators

    @Option(help: "Whether a 304 counts against the limit.")
    private var notModified = SandboxBehavior().notModified

    /// Writes the variants into a behavior.
    func apply(to behavior: inout SandboxBehavior) {
        behavior.errors = errors
        behavior.errorStatus = errorStatus
        behavior.rateLimitHeaders = rateLimitHeaders
        behavior.reset = reset
        behavior.retryAfter = retryAfter
        behavior.retryAfterFormat = retryAfterFormat
        behavior.retryAfterBody = retryAfterBody
        behavior.clockSkew = clockSkew
        behavior.dateHeader = dateHeader || clockSkew != 0
        behavior.validators = validators
        behavior.notModified = notModified
    }
}
