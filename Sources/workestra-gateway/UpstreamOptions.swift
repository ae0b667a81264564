internal import ArgumentParser
internal import Gateway
internal import Upstream

/// The upstreams that a command is given, and how their calls are spent.
struct UpstreamOptions: ParsableArguments {
    @Option(help: "The upstream's base URL, such as https://acme.workestra.app/api/v1: the only workspace.")
    var upstream: String?

    @Option(
        name: .customLong("workspace"),
        help: "A workspace as SLUG=URL; repeat it for several. The key of `Authorization` is for the first."
    )
    var workspace: [String] = []

    @Option(
        name: .customLong("config"),
        help:
            "A configuration file with the workspaces, their keys and options, in place of --upstream and --workspace."
    )
    var configuration: String?

    @Option(help: "The plan of the keys: anonymous, standard, professional or enterprise; otherwise it is learned.")
    var plan: PlanName = .unlimited

    @Option(help: "The most megabytes of cached responses and results.")
    var cacheMegabytes: Int = 64

    @Flag(name: .customLong("no-batching"), help: "Do not combine calls: fetch each field and key separately.")
    var noBatching = false

    @Flag(name: .customLong("no-deduplication"), help: "Do not share equal calls between fields and clients.")
    var noDeduplication = false

    @Flag(help: "Do not cache responses.")
    var noCache = false

    /// The plans that are known by name.
    enum PlanName: String, CaseIterable, ExpressibleByArgument {
        case anonymous
        case standard
        case professional
        case enterprise
        case unlimited

        /// The calls in a minute that the plan allows.
        var allowance: Allowance {
            switch self {
            case .anonymous: Allowance(readsPerMinute: 10, writesPerMinute: 5)
            case .standard: Allowance(readsPerMinute: 100, writesPerMinute: 50)
            case .professional: Allowance(readsPerMinute: 500, writesPerMinute: 250)
            case .enterprise: Allowance(readsPerMinute: 2000, writesPerMinute: 1000)
            case .unlimited: .unlimited
            }
        }
    }

    func validate() throws {
        let ways = [upstream != nil, !workspace.isEmpty, try configured()?.workspaces.isEmpty == false]
        guard ways.count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Give --upstream URL, or --workspace SLUG=URL at least once, or --config FILE with workspaces."
            )
        }
        let parsed = try named()
        guard Set(parsed.map(\.slug)).count == parsed.count else {
            throw ValidationError("Each --workspace needs a slug of its own.")
        }
        guard cacheMegabytes > 0 else { throw ValidationError("--cache-megabytes must be greater than zero.") }
    }

    /// One workspace, however it was named.
    struct Entry {
        let slug: String
        let url: String
        var plan: PlanName?
        var credential: Credential?
        /// The file that has the credential, which may change; nil: there is none.
        var keyFile: String?
        /// Where the workspace is declared, for messages.
        var location = ""
    }

    /// The workspaces in order.
    func named() throws -> [Entry] {
        if let upstream { return [Entry(slug: "main", url: try checked(upstream))] }
        if workspace.isEmpty, let file = try configured() { return try file.workspaces.map(entry) }
        return try workspace.map { text in
            guard let equals = text.firstIndex(of: "="), isSlug(text[..<equals]) else {
                throw ValidationError("--workspace must be SLUG=URL; a slug has letters, digits, - and _. Not: \(text)")
            }
            return Entry(
                slug: String(text[..<equals]),
                url: try checked(String(text[text.index(after: equals)...]))
            )
        }
    }

    private func configured() throws -> ConfigurationFile? {
        try configuration.map { try ConfigurationArguments.file($0) }
    }

    private func entry(_ workspace: ConfigurationFile.Workspace) throws -> Entry {
        guard isSlug(workspace.slug[...]) else {
            throw ValidationError("\(workspace.location): A slug has letters, digits, - and _. Not: \(workspace.slug)")
        }
        let plan = try workspace.plan.map { name in
            guard let plan = PlanName(rawValue: name) else {
                let known = PlanName.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "\(workspace.location): The workspace \"\(workspace.slug)\" has a plan that is none of \(known): \(name)"
                )
            }
            return plan
        }
        var entry = Entry(
            slug: workspace.slug,
            url: try checked(workspace.url, at: "\(workspace.location): "),
            plan: plan,
            credential: try ConfigurationArguments.credential(of: workspace),
            location: "\(workspace.location): "
        )
        if case .file(let path) = workspace.key { entry.keyFile = path }
        return entry
    }

    private func isSlug(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    private func checked(_ url: String, at location: String = "") throws -> String {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ValidationError("\(location)The base URL \(url) must begin with http:// or https://.")
        }
        return url
    }

    /// Which optimizations of upstream calls are in use.
    var spending: CallOptimizations {
        var options = CallOptimizations()
        options.batching = !noBatching
        options.deduplication = !noDeduplication
        options.caching = !noCache
        return options
    }

    /// Makes the workspaces.
    func workspaces(
        _ entries: [Entry],
        conventions: UpstreamConventions,
        transport: any Transport,
        timeout: Duration,
        observer: any GatewayObserver
    ) -> [Workspace] {
        entries.enumerated().map { index, entry in
            Workspace(
                index: index,
                slug: entry.slug,
                client: UpstreamClient(baseURL: entry.url, transport: transport, timeout: timeout),
                conventions: conventions,
                allowance: (entry.plan ?? plan).allowance,
                observer: UpstreamTelemetry(observer)
            )
        }
    }
}
