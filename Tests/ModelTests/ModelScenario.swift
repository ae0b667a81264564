import Gateway
import GatewayServer
import GatewayTestSupport
import Sandbox
import Upstream

/// What is played with one seed: the data, the API variant, the faults, the gateway's options and who asks.
struct ModelScenario: Sendable {
    let seed: UInt64
    let configuration: SandboxConfiguration
    let options: GatewayUnderTest.Options
    let clients: [ModelClient]
    /// Faults that hit requests once the first round is over.
    let faults: SandboxFaults
    /// The seconds for which responses are fresh; 0 if every request sees what others have changed.
    let maxAge: Int
    /// Whether time leaps whenever others have written, so that what is cached is too old, or has to be confirmed.
    let ages: Bool
    /// The time of such a leap: nothing older may be shown.
    let agingTime: Duration

    /// The round in which a key is refused for a while; nil: none.
    let revocationRound: Int?

    /// Whether the next request sees what others have written.
    var seesOthers: Bool { maxAge == 0 || ages }

    static let slugs = ["acme", "globex", "initech"]

    /// Whether an object of which nobody knows fails whenever it is asked for.
    let hasPoison: Bool

    /// Whether rows move while pages are read: then only rows that stay are compared.
    var isShifting: Bool { configuration.behavior.shift != .none }

    /// Whether keys have budgets, for which calls wait.
    var isLimited: Bool { configuration.plan != .unlimited }

    /// Whether a request may fail: one that is only late does not.
    var hasFaults: Bool {
        var other = faults
        (other.delayRate, other.delay, other.rateLimitRate) = (0, .zero, 0)
        return other != SandboxFaults()
    }

    init(seed: UInt64) {
        var numbers = ModelNumbers(seed: seed, stream: 1)
        self.seed = seed
        var configuration = SandboxConfiguration()
        configuration.seed = seed
        configuration.plan = .unlimited
        configuration.projects = numbers.number(3...14)
        configuration.issues = numbers.pick([12, 99, 100, 101, 130, 200, 230, 260]) ?? 100
        configuration.trashed = numbers.chance(40) ? numbers.number(1...6) : 0
        configuration.behavior = Self.limited(Self.behavior(&numbers), seed: seed)
        var faults = numbers.chance(35) ? Self.faults(&numbers) : SandboxFaults()
        // An empty response with a status of success states no error.
        if configuration.behavior.errors == .none { faults.statedErrorRate = 0 }
        var others = ModelNumbers(seed: seed, stream: 2)
        if others.chance(40) {
            faults.delayRate = 0.3
            faults.delay = .milliseconds(others.number(1...40))
        }
        if others.chance(10) { faults.rateLimitRate = 0.005 }
        if others.chance(15) { Self.limit(&configuration, &others) }
        hasPoison = others.chance(15)
        if others.chance(12) {
            configuration.behavior.shift = others.pick(Shift.allCases.filter { $0 != .none }) ?? .none
            configuration.behavior.shiftTimes = others.number(1...6)
            // Without a count that is right nothing shows that a row moved to a page that had been read.
            configuration.behavior.count = .total
            (configuration.behavior.countOffset, configuration.behavior.countDrift) = (0, 0)
        }
        revocationRound = others.chance(20) ? others.number(1...4) : nil
        self.faults = faults
        maxAge = numbers.chance(30) ? 0 : 30
        let mayAge = maxAge > 0 && others.chance(35)
        // Requests that may take hours wait for a budget longer than the client does.
        ages = mayAge && configuration.plan == .unlimited
        // A response that may be confirmed, or one that can replace a failure, is not used after these times.
        let mayFail = faults != SandboxFaults() || hasPoison
        agingTime = .seconds(mayFail || others.chance(30) ? 400 : others.number(61...120))
        var options = GatewayUnderTest.Options()
        options.limits.maximumCalls = 1_000_000
        // Lists of lists are asked for at random: how large a response may be is tested elsewhere.
        options.limits.maximumRows = 20_000_000
        options.limits.maximumResponseBytes = 1 << 30
        // Longer than what anything takes but waiting for a budget, and shorter than the client waits.
        options.limits.timeout = .seconds(configuration.plan == .unlimited ? 120 : 60)
        options.upstreamTimeout = .seconds(60)
        options.server.graphQL.maximumBatch = 4
        options.spending.batching = numbers.chance(90)
        options.spending.deduplication = numbers.chance(90)
        options.spending.caching = numbers.chance(90)
        // Deadlines are counted from the time that passes for real.
        if ages { options.limits.timeout = .seconds(36_000) }
        self.configuration = configuration
        self.options = options
        clients = Self.clients(&numbers)
    }

    private static func behavior(_ numbers: inout ModelNumbers) -> SandboxBehavior {
        var behavior = SandboxBehavior()
        behavior.count = numbers.variant(.total)
        behavior.single = numbers.variant(.bare)
        behavior.writeResponse = numbers.variant(.object)
        behavior.deleteResponse = numbers.variant(.empty)
        behavior.writtenMembers = numbers.variant(.all)
        behavior.createStatus = numbers.variant(.created)
        behavior.location = numbers.variant(.absent)
        behavior.missing = numbers.variant(.notFound)
        behavior.nulls = numbers.variant(.present)
        behavior.errors = numbers.variant(.flat)
        behavior.errorStatus = numbers.variant(.real)
        // See `init(seed:)`.
        if behavior.errors == .none { behavior.errorStatus = .real }
        behavior.perPageOver = numbers.variant(.clamp)
        behavior.overPage = numbers.variant(.empty)
        behavior.rows = numbers.variant(.whole)
        behavior.validators = numbers.variant(.none)
        behavior.dateHeader = numbers.chance(50)
        behavior.clockSkew = numbers.chance(20) ? numbers.number(-600...600) : 0
        behavior.dates = numbers.variant(.date)
        behavior.numbers = numbers.variant(.short)
        behavior.idType = numbers.variant(.text)
        behavior.idSpelling = numbers.variant(.exact)
        behavior.defaultOrder = numbers.chance(80) ? .descending : .ascending
        behavior.extraMembers = numbers.chance(20)
        behavior.byteOrderMark = numbers.chance(15)
        behavior.loneSurrogates = numbers.chance(15)
        if numbers.chance(15) { behavior.pageCap = numbers.pick([20, 50]) ?? 100 }
        guard numbers.chance(35) else { return behavior }
        behavior.countOffset = numbers.chance(30) ? numbers.pick([-30, -1, 1, 250]) ?? 0 : 0
        behavior.countDrift = numbers.chance(20) ? numbers.number(1...3) : 0
        behavior.hideEvery = numbers.chance(30) ? numbers.pick([2, 7, 40]) ?? 0 : 0
        behavior.emptyPage = numbers.chance(20) ? numbers.number(1...2) : nil
        // Pages that are both capped and half hidden look like pages of another size: docs/lists.md says what that means.
        if behavior.hideEvery == 2 { behavior.pageCap = SandboxBehavior().pageCap }
        behavior.oddRow = numbers.variant(.none)
        behavior.trashedRows = numbers.variant(.omitted)
        behavior.ties = numbers.variant(.stable)
        return behavior
    }

    /// The most ways in which lists are irregular at once: of more, nobody can say what the list is.
    private static let mostIrregularities = 2

    /// The behavior with a few of its irregular lists' properties, which ones depends on the seed.
    private static func limited(_ full: SandboxBehavior, seed: UInt64) -> SandboxBehavior {
        let usual = SandboxBehavior()
        var behavior = full
        var numbers = ModelNumbers(seed: seed, stream: 3)
        var resets: [(isIrregular: Bool, reset: (inout SandboxBehavior) -> Void)] = [
            (full.count != usual.count, { $0.count = usual.count }),
            (full.pageCap != usual.pageCap, { $0.pageCap = usual.pageCap }),
            (full.countOffset != 0, { $0.countOffset = 0 }),
            (full.countDrift != 0, { $0.countDrift = 0 }),
            (full.hideEvery != 0, { $0.hideEvery = 0 }),
            (full.emptyPage != nil, { $0.emptyPage = nil }),
            (full.oddRow != .none, { $0.oddRow = .none }),
            (full.trashedRows != usual.trashedRows, { $0.trashedRows = usual.trashedRows }),
            (full.ties != .stable, { $0.ties = .stable }),
        ].filter(\.isIrregular)
        while resets.count > mostIrregularities {
            resets.remove(at: numbers.number(0...resets.count - 1)).reset(&behavior)
        }
        // Rows that change places are lost between pages, which only a count can show that is right.
        if behavior.ties != .stable {
            (behavior.count, behavior.countOffset, behavior.countDrift) = (usual.count, 0, 0)
        }
        // The last page by the count cannot be found where the first pages are empty, and thereby hide how many rows a page has.
        if behavior.emptyPage == 1 { behavior.pageCap = usual.pageCap }
        // Without a count of all rows, nothing shows that the last page has lost its rows.
        if behavior.count != usual.count { behavior.emptyPage = nil }
        return behavior
    }

    /// Few calls a second for each key, stated in one of the ways in which upstreams do.
    private static func limit(_ configuration: inout SandboxConfiguration, _ numbers: inout ModelNumbers) {
        configuration.plan = SandboxPlan(reads: numbers.number(60...200))
        configuration.window = .seconds(1)
        configuration.behavior.rateLimitHeaders = numbers.variant(.separate)
        configuration.behavior.retryAfterFormat = numbers.variant(.seconds)
        configuration.behavior.retryAfterBody = numbers.variant(.seconds)
        configuration.behavior.reset = numbers.variant(.unix)
    }

    private static func faults(_ numbers: inout ModelNumbers) -> SandboxFaults {
        var faults = SandboxFaults()
        func rate() -> Double { numbers.chance(35) ? Double(numbers.number(1...8)) / 100 : 0 }
        faults.resetRate = rate()
        faults.internalErrorRate = rate()
        faults.htmlRate = rate()
        faults.truncateRate = rate()
        faults.statedErrorRate = rate()
        if faults == SandboxFaults() { faults.internalErrorRate = 0.05 }
        return faults
    }

    /// Whoever sees all of one workspace, all of all, and parts of some.
    private static func clients(_ numbers: inout ModelNumbers) -> [ModelClient] {
        func entry(_ slug: String, _ suffix: String = "") -> ModelClient.Entry {
            ModelClient.Entry(slug: slug, key: "wsk_live_\(slug)\(suffix)")
        }
        var clients = [ModelClient(keys: [entry("acme")]), ModelClient(keys: slugs.map { entry($0) })]
        for name in ["_ada", "_bo"] where numbers.chance(70) {
            let others = slugs.dropFirst().filter { _ in numbers.chance(50) }
            clients.append(
                ModelClient(keys: [entry("acme", name)] + others.map { entry($0, numbers.chance(50) ? name : "") })
            )
        }
        return clients
    }
}
