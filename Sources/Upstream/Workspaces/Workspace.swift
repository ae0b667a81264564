package import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// One workspace of the upstream: its base URL, the budgets of its keys, and its health.
package final class Workspace: Sendable {
    /// The zero-based position among all workspaces of the configuration.
    package let index: Int
    /// The name by which callers choose it.
    package let slug: String
    /// Parses the workspace's responses by its conventions.
    package let reader: ResponseReader
    let client: UpstreamClient
    let health: WorkspaceHealth
    /// The credentials that the upstream has accepted.
    let acceptances = AcceptanceLog()
    let scheduler: Scheduler
    /// Is notified of calls, budgets and health.
    let observer: any UpstreamObserver
    private let allowance: Allowance
    private let budgets: Mutex<SieveCache<Credential, KeyBudget>>

    /// The budget of a key, with the key.
    private struct KeyBudget: Sendable {
        let credential: Credential
        let budget: CallBudget
    }

    /// The most bytes of the budgets that are remembered, with their credentials.
    private static let maximumBudgetBytes = 8 << 20
    private static let budgetBytes = 1500

    /// Makes a workspace.
    ///
    /// - Parameters:
    ///   - index: its position among all workspaces.
    ///   - slug: the name by which callers choose it.
    ///   - client: how it is reached.
    ///   - conventions: those of its responses.
    ///   - allowance: what is known from the start of each key's limit.
    ///   - now: the clock, replaced in tests.
    ///   - schedule: calls a function at an instant; replaced in tests.
    ///   - observer: is notified of calls, budgets and health; nil: nobody is.
    ///   - recentDocuments: the documents of the latest responses, of all workspaces.
    package init(
        index: Int,
        slug: String,
        client: UpstreamClient,
        conventions: UpstreamConventions,
        allowance: Allowance = .unlimited,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        schedule: @escaping Scheduler.Timer = Scheduler.systemTimer,
        observer: (any UpstreamObserver)? = nil,
        recentDocuments: RecentDocuments = RecentDocuments()
    ) {
        self.index = index
        self.slug = slug
        self.client = client
        self.allowance = allowance
        scheduler = Scheduler(now: now, schedule: schedule)
        let observer = observer ?? SilentUpstreamObserver()
        self.observer = observer
        health = WorkspaceHealth(slug: slug, observer: observer)
        reader = ResponseReader(conventions: conventions, origin: index, recentDocuments: recentDocuments)
        budgets = Mutex(SieveCache(maximumBytes: Self.maximumBudgetBytes))
    }

    /// The current time.
    var now: ContinuousClock.Instant { scheduler.now() }

    /// The longest time that one call may take.
    var timeout: Duration { client.timeout }

    /// The budget of a key.
    func budget(of credential: Credential) -> CallBudget {
        budgets.withLock { budgets in
            if let known = budgets.value(for: credential) { return known.budget }
            let budget = CallBudget(allowance: allowance, now: scheduler.now, schedule: scheduler.schedule)
            budgets.insert(
                KeyBudget(credential: credential, budget: budget),
                for: credential,
                cost: Self.budgetBytes + credential.allocatedBytes
            )
            return budget
        }
    }

    /// The rest of a key's budget.
    package func quota(of credential: Credential) -> QuotaSnapshot {
        budget(of: credential).snapshot(unixTime: UnixTime.now())
    }

    /// The statuses of the keys that have been used lately.
    package var keys: [KeyStatus] {
        let unixTime = UnixTime.now()
        return budgets.withLock { $0.allValues }.map { key in
            KeyStatus(
                credential: key.credential,
                budgets: key.budget.status,
                resetsAt: key.budget.snapshot(unixTime: unixTime).resetsAt
            )
        }
    }

    /// The present status of the workspace: its health, and the budgets of the key with the fewest calls left.
    package var status: WorkspaceStatus {
        let budgets = budgets.withLock { $0.allValues }
        let states = budgets.map(\.budget.status)
        // A key that the upstream does not accept has a limit of its own, which shows nothing about those in use.
        let accepted = budgets.indices.filter { acceptances.lastAcceptance(of: budgets[$0].credential) != nil }
        return WorkspaceStatus(
            slug: slug,
            isAvailable: health.isAvailable,
            keys: budgets.count,
            budgets: CallKind.allCases.map { kind in
                let own = states.map { $0[kind.rawValue] }
                let inUse = accepted.isEmpty ? own : accepted.map { own[$0] }
                let tightest = inUse.min {
                    ($0.remaining ?? .max, $0.limit ?? .max) < ($1.remaining ?? .max, $1.limit ?? .max)
                }
                return BudgetStatus(
                    kind: kind,
                    limit: tightest?.limit,
                    remaining: tightest?.remaining,
                    waiting: own.reduce(0) { $0 + $1.waiting }
                )
            }
        )
    }

    /// Whether the upstream has accepted the credential, and has not refused it since; always true if no credential is sent.
    package func hasAccepted(_ credential: Credential) -> Bool {
        credential.authorization == nil && credential.isWellFormed
            || acceptances.lastAcceptance(of: credential) != nil
    }

    /// The failure of a call whose target is longer than servers accept, whatever its budget; nil: it is not too long.
    func refusal(ofTarget path: String) -> FieldFailure? {
        let length = client.targetLength(ofPath: path)
        guard length > UpstreamClient.maximumTargetLength else { return nil }
        return FieldFailure(
            .badUserInput,
            """
            The request to the upstream would have a target of \(length) bytes; \
            at most \(UpstreamClient.maximumTargetLength) are sent.
            """,
            more: errorExtensions
        )
    }

    /// The workspace, as errors name it.
    var errorExtensions: JSONObject { ["workspace": .string(slug)] }

    /// The failure of a call for which the caller has no credential.
    var noCredential: FieldFailure {
        FieldFailure(
            .unauthenticated,
            "The caller has no key for the workspace \"\(slug)\".",
            more: errorExtensions
        )
    }
}
