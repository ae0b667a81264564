internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import Upstream

/// Makes the service that a configuration describes.
struct ServiceBuilder {
    let transport: any Transport
    /// Is notified of what the service does.
    let observer: any GatewayObserver
    /// What the observer wants to learn of requests.
    var telemetry = TelemetryOptions()

    /// Makes the service.
    ///
    /// - Parameters:
    ///   - command: the options.
    ///   - file: the configuration file; nil: there is none.
    /// - Returns: the service.
    /// - Throws: everything that is wrong with the configuration.
    func build(_ command: ServeCommand, _ file: ConfigurationFile?) throws(ConfigurationProblems) -> ConfiguredService {
        var problems = ConfigurationProblems()
        func attempt<Value>(_ body: () throws -> Value) -> Value? {
            do {
                return try body()
            } catch let several as ConfigurationProblems {
                for problem in several.all { problems.add(problem) }
            } catch {
                problems.add(ConfigurationProblem(origin: "", message: ServeCommand.message(for: error)))
            }
            return nil
        }
        let entries = attempt { try command.upstreams.entries(file) } ?? []
        if let file, file.tokenIssuer != nil || ![.keys, .anonymous].contains(file.clients) {
            // Taking the list without asking callers for tokens would let everybody in.
            let words = "Lists of clients and \"jwt\" are not supported yet."
            problems.add(ConfigurationProblem(origin: "", message: words))
        }
        let keyFiles = attempt { try KeyFiles(entries, rpc: command.rpc.keyFile, notifying: observer) }
        let variables = attempt { try entries.map { try Self.variable(of: $0) } }
        let loaded = attempt { try command.schema.load() }
        let documents = attempt { try command.http.documents() }
        let tools = loaded.flatMap { loaded in attempt { try command.models.tools(loaded) } }
        if let loaded, let documents, let path = command.http.trustedDocuments {
            let document = command.limits.document
            let limits = DocumentCheck.ServerLimits(parser: document.parser, document: document.limits)
            let check = TrustedDocumentCheck(schema: loaded, limits: limits, path: path)
            for problem in check.problems(of: documents.trusted) { problems.add(problem) }
        }
        try problems.throwIfAny()
        guard let keyFiles, let variables, let loaded, let documents, let tools else { throw problems }
        let cacheBytes = command.upstreams.cacheMegabytes << 20
        let workspaces = command.upstreams.workspaces(
            entries,
            conventions: loaded.bindings.conventions,
            transport: transport,
            timeout: .seconds(command.upstreamTimeout),
            observer: observer
        )
        let broker = CallBroker(
            workspaces: workspaces,
            options: command.upstreams.spending,
            store: InMemoryResponseStore(capacity: cacheBytes / 8 * 5, workspaces: workspaces.count)
        )
        let service = GatewayService(
            schema: loaded,
            broker: broker,
            configuredCredentials: variables,
            limits: command.limits.limits(),
            documents: documents,
            resultBytes: cacheBytes / 8,
            keyFiles: keyFiles.workspaces,
            observer: observer,
            telemetry: telemetry
        )
        return ConfiguredService(service: service, keyFiles: keyFiles, operationTools: tools)
    }

    /// The credential of a workspace whose key is in an environment variable; nil: it is elsewhere, or there is none.
    private static func variable(of entry: UpstreamOptions.Entry) throws(ConfigurationProblems) -> Credential? {
        guard case .environment(let name) = entry.key else { return nil }
        let text = ProcessEnvironment.variables[name].map { Array($0.utf8) }
        guard let credential = text.flatMap({ KeyText.credential(in: $0) }) else {
            throw ConfigurationProblems([entry.noKey("environment variable \(name)")])
        }
        return credential
    }
}
