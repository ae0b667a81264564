import JSON
import Sandbox
import Testing

/// One way to understand what the upstream's documentation leaves open.
struct UpstreamVariant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (inout SandboxBehavior) -> Void
    /// What a response looks like once what the variant itself changes has been taken out.
    var essence: @Sendable (JSONValue) -> JSONValue = { $0 }
    /// Whether each object that is asked for whole costs a call of its own.
    var showsSummaries = false

    /// Whether only another page shows that one of many rows is the last.
    var countsNothing: Bool {
        var behavior = SandboxBehavior()
        apply(&behavior)
        return behavior.count == .missing
    }

    /// Every variant of every question: each alone, and two mixtures of unusual ones.
    static let all: [UpstreamVariant] =
        variants("count", \.count, CountVariant.allCases)
        + variants("single", \.single, SingleVariant.allCases)
        + variants("response to writes", \.writeResponse, WriteResponse.allCases)
        + variants("status of creation", \.createStatus, CreateStatus.allCases)
        + variants("response to deletion", \.deleteResponse, WriteResponse.allCases)
        + variants("missing object", \.missing, MissingVariant.allCases)
        + variants("error body", \.errors, ErrorShape.allCases)
        + variants("per_page over 100", \.perPageOver, PerPageOver.allCases)
        + variants("page past the end", \.overPage, OverPage.allCases)
        + variants("rate-limit headers", \.rateLimitHeaders, RateLimitHeaders.allCases)
        + variants("reset", \.reset, ResetFormat.allCases)
        + variants("Retry-After", \.retryAfter, RetryAfter.allCases)
        + variants("validators", \.validators, Validators.allCases)
        + variants("304", \.notModified, NotModified.allCases)
        + variants("default order", \.defaultOrder, [SortDirection.ascending, .descending])
        + variants("extra members", \.extraMembers, [false, true])
        + DateFormat.allCases.map { form in
            UpstreamVariant(testDescription: "dates: \(form)", apply: { $0.dates = form }, essence: withoutDates)
        }
        + [summaries, frugal, odd]

    private static func variants<Value: Sendable>(
        _ question: String,
        _ keyPath: any WritableKeyPath<SandboxBehavior, Value> & Sendable,
        _ values: [Value]
    ) -> [UpstreamVariant] {
        values.map { value in
            UpstreamVariant(testDescription: "\(question): \(value)", apply: { $0[keyPath: keyPath] = value })
        }
    }

    private static let summaries = UpstreamVariant(
        testDescription: "rows: summaries",
        apply: { $0.rows = .summary },
        showsSummaries: true
    )

    /// An upstream that states as little as possible.
    private static let frugal = UpstreamVariant(
        testDescription: "states as little as possible",
        apply: { behavior in
            behavior.count = .missing
            behavior.rows = .summary
            behavior.errors = .none
            behavior.overPage = .notFound
            behavior.rateLimitHeaders = .absent
            behavior.retryAfter = .absent
        },
        showsSummaries: true
    )

    /// An upstream that does everything in its own way.
    private static let odd = UpstreamVariant(
        testDescription: "does everything in its own way",
        apply: { behavior in
            behavior.count = .page
            behavior.single = .wrapped
            behavior.missing = .deletedAt
            behavior.errors = .html
            behavior.rateLimitHeaders = .wrong
            behavior.reset = .seconds
            behavior.validators = .etag
            behavior.dates = .dateTime
            behavior.defaultOrder = .ascending
            behavior.extraMembers = true
        },
        essence: withoutDates
    )

    /// The result with null for each day, whichever way it is written.
    private static let withoutDates: @Sendable (JSONValue) -> JSONValue = { value in
        switch value {
        case .string(let text) where text.hasSuffix("T00:00:00Z"): .null
        case .string(let text) where text.utf8.count == 10 && text.split(separator: "-").count == 3: .null
        case .array(let items): .array(items.map { withoutDates($0) })
        case .object(let members): .object(JSONObject(members.map { ($0.0, withoutDates($0.1)) }))
        default: value
        }
    }
}
