/// Everything that a sandbox is started with.
package struct SandboxConfiguration: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"

    /// The port to listen on; 0 takes any free one.
    package var port = 0

    /// The seed of the data and of everything random.
    package var seed: UInt64 = 1

    /// How many workspaces there are.
    package var workspaces = 3

    /// How many projects each workspace has.
    package var projects = 60

    /// How many issues each workspace has.
    package var issues = 1000

    /// How many rows of each collection are in Trash from the start.
    package var trashed = 0

    /// How many requests a key may make in a window.
    package var plan = SandboxPlan.standard

    /// The window in which requests are counted.
    ///
    /// It begins with the first request after the last one ended.
    package var window = Duration.seconds(60)

    /// How long every response takes.
    package var latency = Duration.zero

    /// How often a row changes by itself; zero for never.
    package var changeInterval = Duration.zero

    /// The day from which a due date is overdue.
    package var today = SeedData.epoch

    /// The API variant that is played.
    package var behavior = SandboxBehavior()

    /// The faults that happen.
    package var faults = SandboxFaults()

    /// The largest body of a request, in bytes.
    package var maximumBodySize = 1 << 20

    /// How many event loops serve connections.
    package var threads = 1

    /// The clock of windows and of the times that writes leave.
    package var now: @Sendable () -> UnixTime = UnixTime.now

    /// The data that `make demo` and the benchmarks use, on any free port.
    package init() {}
}
