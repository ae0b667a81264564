internal import Configuration
internal import GatewayServer

/// The origins where options are set, for problems with what the options name.
struct OptionOrigins {
    /// The settings of file and environment that are in effect.
    let settings: [Setting]

    /// Returns a problem of an option, at the place that sets it; without a place if the command line or a default does.
    func problem(_ option: String, _ message: String) -> ConfigurationProblem {
        settings.last { $0.option.name == option }?.problem(message)
            ?? ConfigurationProblem(origin: "", message: message)
    }

    /// Returns a problem of an address, at the place that sets one of some options to it; without a place if the command line or a
    /// default does.
    func problem(_ options: Set<String>, at address: BindAddress, _ message: String) -> ConfigurationProblem {
        let setting = settings.last { setting in
            options.contains(setting.option.name) && setting.value.flatMap { BindAddress($0) } == address
        }
        return setting?.problem(message) ?? ConfigurationProblem(origin: "", message: message)
    }
}
