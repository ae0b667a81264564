internal import Configuration
internal import GatewayServer

/// Where options are set, so that what is wrong with what they name is reported there.
struct OptionOrigins {
    /// The settings of file and environment that are in effect.
    let settings: [Setting]

    /// A problem with what an option names, at the place where it is set; at none if that is the command line or a default.
    func problem(_ option: String, _ message: String) -> ConfigurationProblem {
        settings.last { $0.option.name == option }?.problem(message)
            ?? ConfigurationProblem(origin: "", message: message)
    }

    /// A problem with an address, at the place where one of some options is set to it; at none if that is the command line or a default.
    func problem(_ options: Set<String>, at address: BindAddress, _ message: String) -> ConfigurationProblem {
        let setting = settings.last { setting in
            options.contains(setting.option.name) && setting.value.flatMap { BindAddress($0) } == address
        }
        return setting?.problem(message) ?? ConfigurationProblem(origin: "", message: message)
    }
}
