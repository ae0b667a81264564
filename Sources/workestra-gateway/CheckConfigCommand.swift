internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import Upstream

/// `workestra-gateway check-config`: reports whether `serve` would start with a configuration.
struct CheckConfigCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Checks a configuration without serving, and says everything that is wrong with it.",
        discussion: """
            Takes the options of serve, the environment variables and the file in the same way. Prints which settings \
            of file and environment are in effect. Exits with status 2 if something is wrong.
            """
    )

    @Flag(
        help: "Make one call for each workspace, and say what is wrong with its URL, certificate or key; exit status 1."
    )
    var probe = false

    @Flag(name: .customLong("describe"), help: ArgumentHelp("Print all settings in JSON.", visibility: .hidden))
    var describes = false

    @OptionGroup var serve: ServeCommand

    func run(with configuration: LayeredConfiguration) async throws {
        if describes {
            StandardStream.output.write(ConfigurationDescription.json)
            return
        }
        let transport = try CurlTransport()
        let reader = ConfigurationReader(transport: transport, observer: ObserverList([]))
        let checked = try reader.read(ConfigurationInput(serve, configuration))
        for setting in configuration.settings where setting.value ?? "true" != setting.option.defaultValue {
            let location = setting.position.map { "\(setting.origin):\($0)" } ?? setting.origin
            print("\(setting.option.name): \(setting.shownValue)  (\(location))")
        }
        print("The configuration is valid.")
        let findings = probe ? await UpstreamProbe(checked.service).run() : []
        for finding in findings { print("workspace \"\(finding.slug)\": \(finding.result.message)") }
        await transport.shutDown()
        guard findings.allSatisfy(\.result.works) else { throw ExitCode(1) }
    }
}
