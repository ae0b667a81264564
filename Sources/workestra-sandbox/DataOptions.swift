internal import ArgumentParser
internal import Sandbox

/// Where the sandbox listens, what data it makes, and how much of it a key may ask for.
struct DataOptions: ParsableArguments {
    @Option(help: "Address and port to listen on; port 0 takes any free one.")
    private var listen = "127.0.0.1:9090"

    @Option(help: "Seed of the data and of everything random: the same seed gives the same data forever.")
    private var seed: UInt64 = 1

    @Option(help: "How many workspaces there are.")
    private var workspaces = 3

    @Option(help: "How many projects each workspace has.")
    private var projects = 60

    @Option(help: "How many issues each workspace has.")
    private var issues = 1000

    @Option(help: "How many projects and issues of each workspace are in Trash from the start.")
    private var trashed = 0

    @Option(
        help:
            "standard, professional, enterprise (100, 500, 2000 reads a minute and key, half for writes) or unlimited."
    )
    private var plan = "standard"

    @Option(help: "Reads in a window and key, in place of the plan's.")
    private var readLimit: Int?

    @Option(help: "Writes in a window and key, in place of the plan's.")
    private var writeLimit: Int?

    @Option(help: "Length of the window in which requests are counted, in whole seconds.")
    private var window = DurationArgument(.seconds(60))

    @Option(help: "How long every response takes, such as 20ms.")
    private var latency = DurationArgument(.zero)

    @Option(help: "How often one issue of every workspace changes by itself (title and updated_at); 0s for never.")
    private var changeEvery = DurationArgument(.zero)

    @Option(help: "The day before which a due date is overdue, whatever the day of the run.")
    private var today = "\(SandboxConfiguration().today)"

    @Option(help: "How many event loops serve connections.")
    private var threads = 1

    /// Refuses numbers that make no sandbox.
    func validate() throws {
        guard address != nil else { throw ValidationError("--listen must be ADDRESS:PORT.") }
        guard (1...1000).contains(workspaces) else { throw ValidationError("--workspaces must be from 1 to 1000.") }
        guard projects >= 0, issues >= 0, trashed >= 0 else {
            throw ValidationError("--projects, --issues and --trashed cannot be negative.")
        }
        guard SandboxPlan.named.contains(where: { $0.name == plan }) else {
            throw ValidationError("--plan must be one of \(SandboxPlan.named.map(\.name).joined(separator: ", ")).")
        }
        guard CalendarDate(parsing: today) != nil else { throw ValidationError("--today must be a date (YYYY-MM-DD).") }
        guard window.duration >= .seconds(1) else { throw ValidationError("--window must be at least 1s.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be from 1 to 64.") }
        guard (readLimit ?? 0) >= 0, (writeLimit ?? 0) >= 0 else { throw ValidationError("Limits cannot be negative.") }
    }

    /// Writes the options into a configuration.
    func apply(to configuration: inout SandboxConfiguration) throws {
        if let address { (configuration.host, configuration.port) = address }
        if let plan = SandboxPlan.named.first(where: { $0.name == plan })?.plan { configuration.plan = plan }
        if let today = CalendarDate(parsing: today) { configuration.today = today }
        if let readLimit { configuration.plan.reads = readLimit }
        if let writeLimit { configuration.plan.writes = writeLimit }
        configuration.seed = seed
        configuration.workspaces = workspaces
        configuration.projects = projects
        configuration.issues = issues
        configuration.trashed = trashed
        configuration.window = window.duration
        configuration.latency = latency.duration
        configuration.changeInterval = changeEvery.duration
        configuration.threads = threads
    }

    /// `127.0.0.1:9090` or `[::1]:9090`, split.
    private var address: (host: String, port: Int)? {
        guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]) else {
            return nil
        }
        var host = listen[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return host.isEmpty ? nil : (String(host), Int(port))
    }
}
