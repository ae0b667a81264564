internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import Logging
private import Synchronization

/// Reads the configuration again and puts what it describes in the place of what is served.
///
/// A configuration with a mistake changes nothing.
final class ConfigurationReload: Sendable {
    private let builder: ServiceBuilder
    private let arguments: [String]
    private let options: Options
    private let replacement: GatewayReplacement
    private let refresher: KeyFileRefresher
    private let logger: Logger
    private let state: Mutex<State>

    /// How a command serves what its configuration describes.
    typealias Options = @Sendable (ServeCommand, ConfigurationFile?, ConfiguredService) -> HTTPServerOptions

    private struct State {
        var configured: ConfiguredService
        var settings: [String: String]
    }

    /// Options that take effect when the process starts again.
    private static let needRestart: Set = [
        "listen", "tls-listen", "tls-certificate", "tls-key", "tls-client-ca", "admin-listen", "rpc-listen",
        "rpc-socket",
        "threads", "max-connections", "max-connections-per-address", "request-megabytes", "unread-response-megabytes",
        "drain-delay", "drain-timeout", "log-format", "log-level", "access-log", "access-log-rate", "slow-operation",
        "metrics", "otlp-endpoint", "trace-sampling", "idempotency-hours", "idempotency-megabytes",
        "explorer", "no-explorer", "explorer-files", "static",
    ]

    /// Makes a reload.
    ///
    /// - Parameters:
    ///   - configuration: the configuration that is in effect.
    ///   - configured: what it describes.
    ///   - builder: makes what the next one describes.
    ///   - replacement: gives it its place.
    ///   - refresher: reads files of keys again.
    ///   - logger: where failures are logged.
    ///   - options: how a command serves.
    init(
        _ configuration: LayeredConfiguration,
        _ configured: ConfiguredService,
        builder: ServiceBuilder,
        replacement: GatewayReplacement,
        refresher: KeyFileRefresher,
        logger: Logger,
        options: @escaping Options
    ) {
        arguments = configuration.given
        self.builder = builder
        self.replacement = replacement
        self.refresher = refresher
        self.logger = logger
        self.options = options
        state = Mutex(State(configured: configured, settings: configuration.restartSettings(Self.needRestart)))
        refresher.files = configured.keyFiles.all
    }

    /// The file of the key of sockets beside HTTP, at this time; nil: there is none.
    var rpcKeyFile: KeyFile? { state.withLock { $0.configured.keyFiles.rpc } }

    /// Reads all files again.
    func run() {
        do throws(ConfigurationProblems) {
            let configuration = try LayeredConfiguration(arguments, environment: ProcessEnvironment.variables)
            let command = try Self.command(configuration)
            let previous = state.withLock { $0.configured }
            let next = try builder.build(command, configuration.file, previous: previous)
            replacement.replace(with: next.service, options: options(command, configuration.file, next))
            refresher.files = next.keyFiles.all
            note(configuration)
            state.withLock { $0.configured = next }
            logger.notice("SIGHUP: the configuration that was read is in effect.")
        } catch {
            for problem in error.all { logger.error("SIGHUP: \(problem)") }
            logger.error("SIGHUP: the configuration stays as it was.")
        }
        HeapTuning.trim()
    }

    private static func command(_ configuration: LayeredConfiguration) throws(ConfigurationProblems) -> ServeCommand {
        do {
            return try ServeCommand.parse(Array(configuration.arguments.dropFirst()))
        } catch {
            let problem = ConfigurationProblem(origin: "", message: ServeCommand.message(for: error))
            throw ConfigurationProblems([problem])
        }
    }

    /// Says which settings have changed to no effect.
    private func note(_ configuration: LayeredConfiguration) {
        let next = configuration.restartSettings(Self.needRestart)
        let last = state.withLock { state in
            defer { state.settings = next }
            return state.settings
        }
        for name in Self.needRestart.sorted() where next[name] != last[name] {
            logger.warning("SIGHUP: \"\(name)\" has changed; it takes effect when the gateway starts again.")
        }
    }
}
