/// The configuration of a sandbox.
package struct SandboxConfiguration: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"

    /// The port to listen on; 0: any free one.
    package var port = 0

    /// The seed of the data and of all random choices.
    package var seed: UInt64 = 1

    /// The number of workspaces.
    package var workspaces = 3

    /// The number of projects in each workspace.
    package var projects = 60

    /// The number of issues in each workspace.
    package var issues = 1000

    /// The number of rows of each collection that are in Trash from the start.
    package var trashed = 0

    /// The rate limits of a key.
    package var plan = SandboxPlan.standard

    /// The window in which requests are counted.
    ///
    /// It begins with the first request after the end of the last one.
    package var window = Duration.seconds(60)

    /// The latency of every response.
    package var latency = Duration.zero

    /// The interval at which a row changes by itself; zero: never.
    package var changeInterval = Duration.zero

    /// The day from which a due date is overdue.
    package var today = SeedData.epoch

    /// The API variant.
    package var behavior = SandboxBehavior()

    /// The injected faults.
    package var faults = SandboxFaults()

    /// The most bytes of a request's body.
    package var maximumBodySize = 1 << 20

    /// The number of event loops.
    package var threads = 1

    /// The clock of windows, and of the timestamps that writes set.
    package var now: @Sendable () -> UnixTime = UnixTime.now

    /// The data that `make demo` and the benchmarks use, on any free port.
    package init() {}
}
