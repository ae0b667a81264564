internal import ArgumentParser
internal import Configuration
internal import FoundationEssentials
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
            "A configuration file, in YAML or JSON, with the workspaces, their keys and options, in place of --upstream and --workspace.",
        completion: .file()
    )
    var configuration: String?

    @Option(
        help: """
            The plan of the keys, until responses state their limits: anonymous, standard, professional, enterprise or \
            unlimited.
            """
    )
    var plan: PlanName = .unlimited

    @Option(help: "The most megabytes of cached responses and results.")
    var cacheMegabytes: Int = 64

    @Flag(name: .customLong("no-batching"), help: "Do not combine calls: fetch each field and key separately.")
    var noBatching = false

    @Flag(name: .customLong("no-deduplication"), help: "Do not share equal calls between fields and clients.")
    var noDeduplication = false

    @Flag(help: "Do not cache responses.")
    var noCache = false

    @Flag(
        help: """
            Let everybody who reaches the gateway from other machines use the configured keys, where the file says \
            that anonymous callers may.
            """
    )
    var remoteAnonymous = false

    @Flag(help: "Do not start unless a test call to each workspace succeeds.")
    var requireUpstream = false

    @Option(
        help: """
            The URL by which clients reach the gateway, such as https://gateway.example.com; pages of that origin are the gateway's own.
            """
    )
    var publicURL: String?

    /// The named plans.
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
        guard upstream == nil || workspace.isEmpty else { throw ValidationError(Self.severalPlaces) }
        let parsed = try stated()
        guard Set(parsed.map(\.slug)).count == parsed.count else {
            throw ValidationError("Each --workspace needs a slug of its own.")
        }
        if let publicURL, let problem = BaseURL.problem(with: publicURL) { throw ValidationError(problem) }
        guard cacheMegabytes > 0 else { throw ValidationError("--cache-megabytes must be greater than zero.") }
        try OptionBound.check(["cache-megabytes": cacheMegabytes], atMost: OptionBound.megabytes)
    }

    private static let noWorkspace =
        "Give --upstream URL, or --workspace SLUG=URL at least once, or --config FILE with workspaces."

    private static let severalPlaces =
        "Workspaces are named in one place: by --upstream, by --workspace, or in the file of --config."

    /// One workspace, however it was named.
    struct Entry {
        let slug: String
        let url: String
        var plan: PlanName?
        var key = ConfigurationFile.Key.passThrough
        var connection = ConfigurationFile.Connection()
        /// The place of the workspace's declaration, for messages.
        var location = ""

        /// The problem that a file has no key.
        func noKey(inFile path: String) -> ConfigurationProblem {
            guard FileManager.default.contents(atPath: path) == nil else { return noKey("file \(path)") }
            let words = "The file \(path) cannot be read; it should have the key for the workspace \"\(slug)\"."
            return ConfigurationProblem(origin: location, message: words)
        }

        /// Returns the problem that a key is missing.
        func noKey(_ origin: String) -> ConfigurationProblem {
            let words = "The \(origin) has no key for the workspace \"\(slug)\", or none that can be sent."
            return ConfigurationProblem(origin: location, message: words)
        }
    }

    /// Whether the command line names workspaces.
    var namesWorkspaces: Bool { upstream != nil || !workspace.isEmpty }

    /// The workspaces in order: those of the command line, or else of a configuration file.
    ///
    /// - Throws: a problem if neither or both name workspaces.
    func entries(_ file: ConfigurationFile?) throws(ConfigurationProblems) -> [Entry] {
        let stated: [Entry]
        do { stated = try self.stated() } catch { stated = [] }
        guard stated.isEmpty != (file?.workspaces ?? []).isEmpty else {
            let words = stated.isEmpty ? Self.noWorkspace : Self.severalPlaces
            throw ConfigurationProblems([ConfigurationProblem(origin: "", message: words)])
        }
        return stated.isEmpty ? (file?.workspaces ?? []).map(entry) : stated
    }

    /// The workspaces of the command line.
    private func stated() throws -> [Entry] {
        if let upstream { return [Entry(slug: "main", url: try checked(upstream))] }
        return try workspace.map { text in
            guard let equals = text.firstIndex(of: "="), isSlug(text[..<equals]) else {
                let shown = URLRedaction.redact(text)
                throw ValidationError(
                    "--workspace must be SLUG=URL; a slug has letters, digits, - and _. Not: \(shown)"
                )
            }
            return Entry(
                slug: String(text[..<equals]),
                url: try checked(String(text[text.index(after: equals)...]))
            )
        }
    }

    private func entry(_ workspace: ConfigurationFile.Workspace) -> Entry {
        Entry(
            slug: workspace.slug,
            url: workspace.url,
            plan: workspace.plan.flatMap { PlanName(rawValue: $0) },
            key: workspace.key,
            connection: workspace.connection,
            location: workspace.location
        )
    }

    private func isSlug(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    private func checked(_ url: String) throws -> String {
        if let problem = BaseURL.problem(with: url) { throw ValidationError(problem) }
        return url
    }

    /// The optimizations of upstream calls that are in use.
    var optimizations: CallOptimizations {
        var options = CallOptimizations()
        options.batching = !noBatching
        options.deduplication = !noDeduplication
        options.caching = !noCache
        return options
    }

    /// The workspaces.
    ///
    /// - Parameters:
    ///   - entries: the declared workspaces.
    ///   - credentials: the credential that each of them has in an environment variable.
    ///   - files: the files of keys, by the workspaces' positions.
    ///   - connections: the connection settings of each workspace.
    /// - Returns: them, in the same order.
    func workspaces(
        _ entries: [Entry],
        credentials: [Credential?],
        _ files: [Int: KeyFile],
        _ connections: [UpstreamConnection?]
    ) -> [WorkspaceConfiguration] {
        zip(zip(entries, credentials), connections).enumerated().map { index, element in
            let (declared, connection) = element
            var workspace = WorkspaceConfiguration(
                slug: declared.0.slug,
                baseURL: declared.0.url,
                allowance: (declared.0.plan ?? plan).allowance,
                credential: declared.1,
                keyFile: files[index]
            )
            workspace.connection = connection
            workspace.timeout = declared.0.connection.timeout.map { .seconds($0) }
            return workspace
        }
    }
}
