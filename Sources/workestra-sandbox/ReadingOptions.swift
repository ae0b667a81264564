internal import ArgumentParser
internal import Sandbox

extension CountReading: ExpressibleByArgument {}
extension SingleReading: ExpressibleByArgument {}
extension WriteAnswer: ExpressibleByArgument {}
extension CreateStatus: ExpressibleByArgument {}
extension MissingReading: ExpressibleByArgument {}
extension ErrorShape: ExpressibleByArgument {}
extension PerPageOver: ExpressibleByArgument {}
extension OverPage: ExpressibleByArgument {}
extension RowForm: ExpressibleByArgument {}
extension RateLimitHeaders: ExpressibleByArgument {}
extension ResetForm: ExpressibleByArgument {}
extension RetryAfter: ExpressibleByArgument {}
extension Validators: ExpressibleByArgument {}
extension NotModified: ExpressibleByArgument {}
extension DateForm: ExpressibleByArgument {}
extension Shift: ExpressibleByArgument {}
extension SortDirection: ExpressibleByArgument {}

/// Which reading of every open question is played.
struct ReadingOptions: ParsableArguments {
    @Option(help: "What count in a list says: all rows that match, the rows of the page, or nothing.")
    private var count = SandboxBehavior().count

    @Option(help: "Whether a single object is bare or wrapped in {\"data\": …, \"error\": null}.")
    private var single = SandboxBehavior().single

    @Option(help: "What POST and PATCH answer with; empty is 204.")
    private var writeAnswer = SandboxBehavior().writeAnswer

    @Option(help: "The status of a POST that answers with the object.")
    private var createStatus = SandboxBehavior().createStatus

    @Option(help: "What DELETE answers with; empty is 204.")
    private var deleteAnswer = SandboxBehavior().deleteAnswer

    @Option(help: "What a missing or trashed object is answered with: 404, 410, or (trashed) 200 with deleted_at.")
    private var missing = SandboxBehavior().missing

    @Option(help: "The shape of error bodies.")
    private var errors = SandboxBehavior().errors

    @Option(help: "What happens to a per_page over 100.")
    private var perPageOver = SandboxBehavior().perPageOver

    @Option(help: "What a page past the end is.")
    private var overPage = SandboxBehavior().overPage

    @Option(help: "Whether list rows are whole, or lack description, labels and custom_fields.")
    private var rows = SandboxBehavior().rows

    @Option(
        help:
            "Reads and writes counted apart or together; absent and wrong count apart and tell nothing, or always a full budget."
    )
    private var rateLimitHeaders = SandboxBehavior().rateLimitHeaders

    @Option(help: "Whether X-RateLimit-Reset is Unix time or seconds from now.")
    private var reset = SandboxBehavior().reset

    @Option(help: "Whether a 429 carries Retry-After.")
    private var retryAfter = SandboxBehavior().retryAfter

    @Option(help: "Which validator GETs carry and answer 304 to.")
    private var validators = SandboxBehavior().validators

    @Option(help: "Whether a 304 counts against the limit.")
    private var notModified = SandboxBehavior().notModified

    @Option(help: "How date fields look.")
    private var dates = SandboxBehavior().dates

    @Option(help: "What happens to a list each time a page of it that is not the last was read.")
    private var shift = SandboxBehavior().shift

    @Option(help: "The direction of lists without order.")
    private var defaultOrder = SandboxBehavior().defaultOrder

    @Flag(help: "Add members that no documentation mentions to objects and lists.")
    private var extraMembers = false

    /// The readings that were asked for.
    var behavior: SandboxBehavior {
        var behavior = SandboxBehavior()
        behavior.count = count
        behavior.single = single
        behavior.writeAnswer = writeAnswer
        behavior.createStatus = createStatus
        behavior.deleteAnswer = deleteAnswer
        behavior.missing = missing
        behavior.errors = errors
        behavior.perPageOver = perPageOver
        behavior.overPage = overPage
        behavior.rows = rows
        behavior.rateLimitHeaders = rateLimitHeaders
        behavior.reset = reset
        behavior.retryAfter = retryAfter
        behavior.validators = validators
        behavior.notModified = notModified
        behavior.dates = dates
        behavior.shift = shift
        behavior.defaultOrder = defaultOrder
        behavior.extraMembers = extraMembers
        return behavior
    }
}
