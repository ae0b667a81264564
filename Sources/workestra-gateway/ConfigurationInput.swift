internal import Configuration
internal import GatewayServer

/// Everything that a configuration is read from.
struct ConfigurationInput {
    /// The options.
    let command: ServeCommand
    /// The configuration file; nil: there is none.
    let file: ConfigurationFile?
    /// The options that file and environment set.
    let settings: [Setting]
    /// Problems of file and environment; settings with one are not checked any further.
    let faults: ConfigurationFaults
    /// The configuration until now, of which what has not changed is taken over; nil: there is none.
    var previous: CheckedConfiguration?
    /// The addresses on which the gateway listens already; nil: it does not yet.
    var bound: ReachableAddresses?

    init(_ command: ServeCommand, _ configuration: LayeredConfiguration) {
        self.command = command
        file = configuration.file
        settings = configuration.settings
        faults = configuration.faults
    }
}
