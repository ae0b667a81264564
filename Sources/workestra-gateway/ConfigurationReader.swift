internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import GraphQL
internal import JSONWebTokens
internal import Upstream

/// Reads and checks what a configuration names, until nothing but values are left.
struct ConfigurationReader {
    let transport: any Transport
    /// Is notified of what the service does.
    let observer: any GatewayObserver
    /// What the observer wants to learn of requests.
    var telemetry = TelemetryOptions()
    /// Is given what fails later.
    var log: @Sendable (String) -> Void = { _ in }

    /// Reads everything.
    ///
    /// - Parameters:
    ///   - command: the options.
    ///   - file: the configuration file; nil: there is none.
    ///   - settings: the options that file and environment set.
    ///   - faults: what is wrong with file and environment already; what it concerns is not checked any further.
    ///   - previous: the configuration until now, of which what has not changed is taken over; nil: there is none.
    ///   - bound: where the gateway listens already; nil: it does not yet.
    /// - Returns: the configuration.
    /// - Throws: everything that is wrong with it.
    func read(
        _ command: ServeCommand,
        _ file: ConfigurationFile?,
        _ settings: [Setting],
        faults: ConfigurationFaults = ConfigurationFaults(),
        previous: CheckedConfiguration? = nil,
        bound: ReachableAddresses? = nil
    ) throws(ConfigurationProblems) -> CheckedConfiguration {
        let origins = OptionOrigins(settings: settings)
        var attempts = Attempts(origins)
        attempts.add(faults.problems.all)
        // Those that are wrong, or in a file that cannot be read, are no sign that there are none.
        let hasWorkspaces =
            faults.lacksFile
            ? command.upstreams.namesWorkspaces
            : file?.problems.all.isEmpty ?? true || file?.workspaces.isEmpty == false
        let entries = hasWorkspaces ? attempts.make { try command.upstreams.entries(file) } ?? [] : []
        let keyFiles = attempts.make {
            try KeyFiles(entries, rpc: command.rpc.keyFile, origins, previous: previous?.keyFiles, notifying: observer)
        }
        let connections = attempts.make {
            let known = previous?.service.workspaces.compactMap(\.connection) ?? []
            return try UpstreamConnections.make(entries, command.connections, origins, known: known)
        }
        let variables = attempts.make { try entries.map { try Self.variable(of: $0) } }
        let source =
            faults.haveAll(of: "schema") ? attempts.make(of: "schema") { try command.schema.source() } : nil
        let isSameSchema = source.map { Array($0.text) == previous?.schemaText } ?? false
        let schema =
            isSameSchema
            ? previous?.service.schema
            : source.flatMap { source in attempts.make(of: "schema") { try command.schema.load(source) } }
        let documents =
            faults.haveAll(of: "trusted-documents")
            ? attempts.make(of: "trusted-documents") { try command.http.documents() } : nil
        if let schema, let documents {
            let problems = Self.problems(of: documents, schema, command)
            attempts.add(problems.map { origins.problem("trusted-documents", $0.description) })
        }
        let lanes = faults.haveAll(of: "lane") ? attempts.make { try command.limits.lanes() } : nil
        let issuerKeys =
            attempts.make {
                () throws -> (source: ConfigurationFile.KeySource, keys: IssuerKeys)? in
                try self.issuerKeys(file, timeout: min(command.upstreamTimeout, command.limits.timeout), previous)
            } ?? nil
        let directory = attempts.make {
            try ClientDirectory.make(
                file,
                limits: command.limits.limits().client,
                documents: documents?.trusted,
                lanes: lanes,
                keys: issuerKeys?.keys
            )
        }
        let tools = schema.flatMap { schema in
            attempts.make(of: "mcp-operations") { try command.models.tools(schema) }
        }
        let webhooks = attempts.make { try WebhookSecrets.options(file, schema) }
        let credentials = attempts.make(of: "tls-certificate") { try command.listening.credentials() }
        // Files for browsers stay as they are until the next start.
        let pages =
            previous?.pages
            ?? attempts.make(of: "static") { try command.pages.pages(command.listening.listeners(nil)) }
        if !faults.areAny { attempts.add(command.exposureProblems(file, origins, bound: bound)) }
        try attempts.problems.throwIfAny()
        guard let keyFiles, let connections, let variables, let source, let schema, let documents, let tools,
            let directory,
            let webhooks, let credentials, let pages
        else {
            throw attempts.problems
        }
        var service = ServiceConfiguration(
            schema: schema,
            workspaces: command.upstreams.workspaces(entries, credentials: variables, keyFiles.workspaces, connections),
            transport: transport
        )
        service.upstreamTimeout = .seconds(command.upstreamTimeout)
        service.optimizations = command.upstreams.optimizations
        service.responseBytes = (command.upstreams.cacheMegabytes << 20) / 8 * 5
        service.resultBytes = (command.upstreams.cacheMegabytes << 20) / 8
        service.limits = command.limits.limits()
        service.documents = documents
        service.directory = directory
        service.lanes = lanes ?? BudgetLanes()
        service.observer = observer
        service.telemetry = telemetry
        return CheckedConfiguration(
            service: service,
            keyFiles: keyFiles,
            operationTools: tools,
            webhooks: webhooks,
            credentials: credentials,
            pages: pages,
            schemaText: Array(source.text),
            issuerKeys: issuerKeys
        )
    }

    /// The keys of the issuer of JSON Web Tokens: those that are known already, if they are from the same place.
    private func issuerKeys(
        _ file: ConfigurationFile?,
        timeout: Int,
        _ previous: CheckedConfiguration?
    ) throws(ConfigurationProblems) -> (source: ConfigurationFile.KeySource, keys: IssuerKeys)? {
        guard let issuer = file?.tokenIssuer else { return nil }
        let source = issuer.keys
        if let known = previous?.issuerKeys, known.source == source {
            known.keys.refresh(isForced: true)
            return known
        }
        let keys = IssuerKeys.make(source, transport: transport, timeout: .seconds(timeout), log: log)
        if case .file(let path) = source {
            keys.refresh()
            guard keys.areKnown else {
                let words = "The file \(path) has no keys by which tokens can be verified."
                throw ConfigurationProblems([ConfigurationProblem(origin: issuer.keysLocation, message: words)])
            }
        } else if previous != nil {
            keys.refresh()
        }
        return (source, keys)
    }

    /// Trusted documents that can never be executed.
    private static func problems(
        of documents: DocumentPolicy,
        _ schema: LoadedSchema,
        _ command: ServeCommand
    ) -> [ConfigurationProblem] {
        guard let path = command.http.trustedDocuments else { return [] }
        let document = command.limits.document
        let limits = DocumentCheck.ServerLimits(parser: document.parser, document: document.limits)
        return TrustedDocumentCheck(schema: schema, limits: limits, path: path).problems(of: documents.trusted)
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
