internal import ArgumentParser
internal import Configuration
internal import Gateway
internal import GatewayServer
internal import GraphQL
internal import JSONWebTokens
internal import Upstream

/// Reads and checks the files and variables that a configuration names, and makes values of them.
struct ConfigurationReader {
    let transport: any Transport
    /// The observer of the service.
    let observer: any GatewayObserver
    /// The observer's options.
    var telemetry = TelemetryOptions()
    /// Logs a message about a later failure.
    var log: @Sendable (String) -> Void = { _ in }

    /// Reads everything that a configuration names.
    ///
    /// - Parameter input: the options, the file and the previous configuration.
    /// - Returns: the configuration.
    /// - Throws: all problems of the configuration.
    func read(_ input: ConfigurationInput) throws(ConfigurationProblems) -> CheckedConfiguration {
        let (command, origins) = (input.command, OptionOrigins(settings: input.settings))
        var attempts = Attempts(origins)
        attempts.add(input.faults.problems.all)
        let upstreams = upstreams(input, &attempts)
        let operations = operations(input, &attempts)
        let clients = clients(input, operations.documents, &attempts)
        let tools = operations.schema.flatMap { schema in
            attempts.make(of: "mcp-operations") { try command.models.tools(schema) }
        }
        let webhooks = attempts.make { try WebhookSecrets.options(input.file, operations.schema) }
        let credentials = attempts.make(of: "tls-certificate") { try command.listening.credentials() }
        // Files for browsers stay as they are until the next start.
        let pages =
            input.previous?.pages
            ?? attempts.make(of: "static") { try command.pages.pages(command.listening.listeners(nil)) }
        if !input.faults.areAny {
            attempts.add(command.exposureProblems(input.file, origins, bound: input.bound))
        }
        try attempts.problems.throwIfAny()
        guard let upstreams, let clients, let tools, let webhooks, let credentials, let pages,
            let service = service(command, upstreams, operations, clients)
        else { throw attempts.problems }
        return CheckedConfiguration(
            service: service,
            keyFiles: upstreams.keyFiles,
            operationTools: tools,
            webhooks: webhooks,
            credentials: credentials,
            pages: pages,
            schemaText: operations.source.map { Array($0.text) } ?? [],
            issuerKeys: clients.issuerKeys
        )
    }

    // MARK: - Steps

    /// The workspaces, with their keys and connections.
    private struct Upstreams {
        let entries: [UpstreamOptions.Entry]
        let keyFiles: KeyFiles
        let connections: [UpstreamConnection?]
        /// The credentials of workspaces whose keys are in environment variables, by workspace.
        let variables: [Credential?]
    }

    /// Reads the workspaces; nil if something is wrong with them.
    private func upstreams(_ input: ConfigurationInput, _ attempts: inout Attempts) -> Upstreams? {
        let (command, file, origins) = (input.command, input.file, attempts.origins)
        // Those that are wrong, or in a file that cannot be read, are no sign that there are none.
        let hasWorkspaces =
            input.faults.lacksFile
            ? command.upstreams.namesWorkspaces
            : file?.problems.all.isEmpty ?? true || file?.workspaces.isEmpty == false
        let entries = hasWorkspaces ? attempts.make { try command.upstreams.entries(file) } ?? [] : []
        let keyFiles = attempts.make {
            let previous = input.previous?.keyFiles
            return try KeyFiles(entries, rpc: command.rpc.keyFile, origins, previous: previous, notifying: observer)
        }
        let connections = attempts.make {
            let known = input.previous?.service.workspaces.compactMap(\.connection) ?? []
            return try UpstreamConnections.make(entries, command.connections, origins, known: known)
        }
        let variables = attempts.make { try entries.map { try Self.variable(of: $0) } }
        guard let keyFiles, let connections, let variables else { return nil }
        return Upstreams(entries: entries, keyFiles: keyFiles, connections: connections, variables: variables)
    }

    /// The schema, and the documents that may be executed against it; nil: something is wrong with it.
    private struct Operations {
        let source: Source?
        let schema: LoadedSchema?
        let documents: DocumentPolicy?
    }

    private func operations(_ input: ConfigurationInput, _ attempts: inout Attempts) -> Operations {
        let (command, faults) = (input.command, input.faults)
        let source =
            faults.haveAll(of: "schema") ? attempts.make(of: "schema") { try command.schema.source() } : nil
        let isSameSchema = source.map { Array($0.text) == input.previous?.schemaText } ?? false
        let schema =
            isSameSchema
            ? input.previous?.service.schema
            : source.flatMap { source in attempts.make(of: "schema") { try command.schema.load(source) } }
        let documents =
            faults.haveAll(of: "trusted-documents")
            ? attempts.make(of: "trusted-documents") { try command.http.documents() } : nil
        if let schema, let documents {
            let problems = Self.problems(of: documents, schema, command)
            attempts.add(problems.map { attempts.origins.problem("trusted-documents", $0.description) })
        }
        return Operations(source: source, schema: schema, documents: documents)
    }

    /// The clients that may call.
    private struct Clients {
        let lanes: BudgetLanes?
        let issuerKeys: (source: ConfigurationFile.KeySource, keys: IssuerKeys)?
        /// Nil: callers are not asked who they are.
        let directory: ClientDirectory?
    }

    /// Reads the clients; nil if something is wrong with them.
    private func clients(
        _ input: ConfigurationInput,
        _ documents: DocumentPolicy?,
        _ attempts: inout Attempts
    ) -> Clients? {
        let (command, file) = (input.command, input.file)
        let lanes = input.faults.haveAll(of: "lane") ? attempts.make { try command.limits.lanes() } : nil
        let issuerKeys =
            attempts.make {
                () throws -> (source: ConfigurationFile.KeySource, keys: IssuerKeys)? in
                try self.issuerKeys(
                    file,
                    timeout: min(command.upstreamTimeout, command.limits.timeout),
                    input.previous
                )
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
        return directory.map { Clients(lanes: lanes, issuerKeys: issuerKeys, directory: $0) }
    }

    /// What executes operations; nil if there is no schema or no documents.
    private func service(
        _ command: ServeCommand,
        _ upstreams: Upstreams,
        _ operations: Operations,
        _ clients: Clients
    ) -> ServiceConfiguration? {
        guard let schema = operations.schema, let documents = operations.documents else { return nil }
        var service = ServiceConfiguration(
            schema: schema,
            workspaces: command.upstreams.workspaces(
                upstreams.entries,
                credentials: upstreams.variables,
                upstreams.keyFiles.workspaces,
                upstreams.connections
            ),
            transport: transport
        )
        service.upstreamTimeout = .seconds(command.upstreamTimeout)
        service.optimizations = command.upstreams.optimizations
        service.responseBytes = (command.upstreams.cacheMegabytes << 20) / 8 * 5
        service.resultBytes = (command.upstreams.cacheMegabytes << 20) / 8
        service.limits = command.limits.limits()
        service.documents = documents
        service.directory = clients.directory
        service.lanes = clients.lanes ?? BudgetLanes()
        service.observer = observer
        service.telemetry = telemetry
        return service
    }

    /// Returns the keys of the issuer of JSON Web Tokens: those in use, if their source is the same.
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

    /// Returns the credential of a workspace whose key is in an environment variable; nil if the key is not in one.
    private static func variable(of entry: UpstreamOptions.Entry) throws(ConfigurationProblems) -> Credential? {
        guard case .environment(let name) = entry.key else { return nil }
        let text = ProcessEnvironment.variables[name].map { Array($0.utf8) }
        guard let credential = text.flatMap({ KeyText.credential(in: $0) }) else {
            throw ConfigurationProblems([entry.noKey("environment variable \(name)")])
        }
        return credential
    }
}
