internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import Logging
private import Synchronization

/// Reads the configuration again and replaces what is served.
///
/// A configuration with a mistake changes nothing.
final class ConfigurationReload: Sendable {
    private let reader: ConfigurationReader
    private let arguments: [String]
    private let assemble: Assemble
    private let refresher: KeyFileRefresher
    private let socketKey: SocketKey
    private let logger: Logger
    /// The addresses on which the gateway listens: a reload opens and closes no socket.
    private let bound: ReachableAddresses
    /// The settings at the start, some of which a reload cannot change.
    private let started: [String: String]
    /// The certificate and key of TLS connections; nil: TLS is off.
    private let credentials: TLSCredentials?
    private let state: Mutex<State>

    /// Makes the configuration of a gateway from a command, its configuration file, and the values read.
    typealias Assemble = @Sendable (ServeCommand, ConfigurationFile?, CheckedConfiguration) -> GatewayConfiguration

    private struct State {
        var checked: CheckedConfiguration
        var gateway: BuiltGateway
    }

    /// The options that take effect only when the process starts again.
    private static let needRestart: Set = [
        "listen", "tls-listen", "admin-listen", "rpc-listen", "rpc-socket", "threads", "max-connections",
        "max-connections-per-address", "request-megabytes", "unread-response-megabytes",
        "drain-delay", "drain-timeout", "log-format", "log-level", "access-log", "access-log-rate", "slow-operation",
        "metrics", "otlp-endpoint", "trace-sampling", "idempotency-hours", "idempotency-megabytes",
        "explorer", "no-explorer", "explorer-files", "static",
    ]

    /// Makes a reload.
    ///
    /// - Parameters:
    ///   - configuration: the configuration that is in effect.
    ///   - checked: its values.
    ///   - gateway: the gateway that is served.
    ///   - reader: reads the next configuration.
    ///   - refresher: reads key files again.
    ///   - socketKey: the key of the JSON-RPC sockets.
    ///   - logger: logs failures.
    ///   - assemble: makes the configuration of the next gateway.
    init(
        _ configuration: LayeredConfiguration,
        _ checked: CheckedConfiguration,
        _ gateway: BuiltGateway,
        reader: ConfigurationReader,
        refresher: KeyFileRefresher,
        socketKey: SocketKey,
        logger: Logger,
        assemble: @escaping Assemble
    ) {
        arguments = configuration.given
        self.reader = reader
        self.refresher = refresher
        self.socketKey = socketKey
        self.logger = logger
        self.assemble = assemble
        bound = ReachableAddresses(of: gateway)
        started = configuration.restartSettings(Self.needRestart)
        credentials = checked.credentials
        state = Mutex(State(checked: checked, gateway: gateway))
        refresher.files = checked.keyFiles.all
    }

    /// Reads all files again.
    ///
    /// - Returns: whether the new configuration is in effect.
    func run() -> Bool {
        defer { HeapTuning.trim() }
        do throws(ConfigurationProblems) {
            let configuration = LayeredConfiguration(arguments, environment: ProcessEnvironment.variables)
            let command = try Self.command(configuration)
            let (previous, served) = state.withLock { ($0.checked, $0.gateway) }
            var input = ConfigurationInput(command, configuration)
            (input.previous, input.bound) = (previous, bound)
            let next = try reader.read(input)
            let gateway = buildGateway(assemble(command, configuration.file, next), replacing: served)
            served.running.serve(gateway)
            refresher.files = next.keyFiles.all
            socketKey.file = next.keyFiles.rpc
            if let credentials, let fresh = next.credentials {
                credentials.use(fresh)
                logger.notice("TLS: read the certificate again.")
            }
            note(configuration, gateway)
            state.withLock { ($0.checked, $0.gateway) = (next, gateway) }
            logger.notice("SIGHUP: the configuration that was read is in effect.")
            return true
        } catch {
            for problem in error.all { logger.error("SIGHUP: \(problem)") }
            return false
        }
    }

    private static func command(_ configuration: LayeredConfiguration) throws(ConfigurationProblems) -> ServeCommand {
        do {
            return try ServeCommand.parse(Array(configuration.arguments.dropFirst()))
        } catch {
            try configuration.faults.problems.throwIfAny()
            let message = URLRedaction.redact(in: ServeCommand.message(for: error))
            let problem = ConfigurationProblem(origin: "", message: message)
            throw ConfigurationProblems([problem])
        }
    }

    /// Logs which changed settings a reload cannot apply.
    private func note(_ configuration: LayeredConfiguration, _ gateway: BuiltGateway) {
        let next = configuration.restartSettings(Self.needRestart)
        for name in Self.needRestart.sorted() where next[name] != started[name] {
            logger.warning("SIGHUP: \"\(name)\" has changed; it takes effect when the gateway starts again.")
        }
        if gateway.options.spending == nil, configuration.file?.hasAdministrators == true {
            logger.warning("SIGHUP: a client has \"admin: true\"; the cockpit is there when the gateway starts again.")
        }
    }
}
