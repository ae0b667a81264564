internal import ArgumentParser
private import Sandbox

/// `workestra-sandbox`: serves a made-up Workestra on a loopback port.
@main
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workestra-sandbox",
        abstract: "Serves a stand-in for the Workestra REST API, with data from a seed.",
        discussion: """
            The API is under /api/v1. The keys are wsk_live_acme, wsk_live_globex, wsk_live_initech, and more with more \
            workspaces. A key with a suffix, such as wsk_live_acme_guest, is another key of the same workspace: it has a \
            budget of its own and sees about half of the projects and their issues.

            The API variants are what Workestra's documentation leaves open; the defaults are the documented or likeliest \
            ones.

            GET /_sandbox/calls lists the calls so far by key and route, GET /_sandbox/changes the rows that changed by \
            themselves. POST /_sandbox/reset goes back to the seed, POST /_sandbox/change changes one issue in every \
            workspace. POST /_sandbox/webhooks with {"workspace": "acme", "url": "http://…", "secret": "…"} has the events of \
            a workspace signed and sent to the URL. None of these is counted or limited.

            Durations are numbers with ms, s or m. Rates are numbers from 0 to 1.
            """
    )

    @OptionGroup(title: "Data and limits")
    private var data: DataOptions

    @OptionGroup(title: "API variants: lists")
    private var lists: ListVariantOptions

    @OptionGroup(title: "API variants: objects and writes")
    private var objects: ObjectVariantOptions

    @OptionGroup(title: "API variants: errors, limits and validators")
    private var errors: ErrorVariantOptions

    @OptionGroup(title: "Faults")
    private var faults: FaultOptions

    /// Serves until SIGTERM or SIGINT.
    func run() async throws {
        var configuration = SandboxConfiguration()
        try data.apply(to: &configuration)
        lists.apply(to: &configuration.behavior)
        objects.apply(to: &configuration.behavior)
        errors.apply(to: &configuration.behavior)
        configuration.faults = faults.faults
        let signals = TerminationSignals()
        let server = try await SandboxServer.start(configuration: configuration)
        StandardOutput.writeLine("sandbox listening on \(server.baseURL)")
        await signals.wait()
        try await server.shutdown()
    }
}
