internal import ArgumentParser
internal import Configuration
internal import FoundationEssentials
internal import Gateway
internal import Upstream

/// `workestra-gateway infer-fields`: makes first-class fields of the members seen in values of an open type.
struct InferFieldsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer-fields",
        abstract:
            "Samples objects of the upstream and prints the schema extensions that name and type their own fields.",
        discussion: """
            Save the output beside the schema's files and check it: types are those of the values seen, and a member that \
            was a whole number in every sample is an Int. Exits with 1 if the upstream cannot be read or has no values.
            """
    )

    @OptionGroup var schema: SchemaFiles

    @Option(help: "The upstream's base URL, such as https://acme.workestra.app/api/v1.")
    var upstream: String

    @Option(help: "A file whose first line is the key, sent as a bearer token; without it no credential is sent.")
    var keyFile: String?

    @Option(help: "The type to extend; the only one with a scalar field bound by @self if not given.")
    var type: String?

    @Option(help: "The most rows to read of each list: one call for each 100.")
    var samples: Int = 300

    @Option(
        help: """
            The key's plan, until responses state its limits: anonymous, standard, professional, enterprise or \
            unlimited.
            """
    )
    var plan: UpstreamOptions.PlanName = .unlimited

    @OptionGroup(title: "Connections to upstreams") var connections: UpstreamConnectionOptions

    /// Calls may wait for the budget of one minute after the other.
    private static let patience: Duration = .seconds(600)

    func validate() throws {
        if let problem = BaseURL.problem(with: upstream) { throw ValidationError(problem) }
        guard (1...100_000).contains(samples) else { throw ValidationError("--samples must be from 1 to 100000.") }
    }

    private func connection() throws -> UpstreamConnection? {
        do {
            let entry = UpstreamOptions.Entry(slug: "main", url: upstream)
            return try UpstreamConnections.make([entry], connections, OptionOrigins(settings: [])).first ?? nil
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() async throws {
        let loaded = try schema.load()
        let credential = try credential()
        let open: OpenType
        do {
            open = try OpenType(named: type, in: loaded)
        } catch {
            throw ValidationError(error.description)
        }
        var workspace = WorkspaceConfiguration(slug: "main", baseURL: upstream, allowance: plan.allowance)
        workspace.connection = try connection()
        let transport = try CurlTransport()
        var configuration = ServiceConfiguration(
            schema: loaded,
            workspaces: [workspace],
            transport: transport
        )
        configuration.upstreamTimeout = .seconds(30)
        configuration.limits.timeout = Self.patience
        configuration.limits.maximumCalls = .max
        let service = GatewayService(configuration)
        var found = FieldSamples(of: open)
        let outcome: Result<Void, OpenType.Failure>
        do {
            try await found.read(samples, with: service, caller: Caller(credential: credential))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await transport.shutDown()
        if case .failure(let failure) = outcome { try fail(failure.description) }
        guard found.count > 0 else { try fail("No row has an object of the type.") }
        print(found.sdl)
    }

    private func credential() throws -> Credential? {
        guard let keyFile else { return nil }
        guard let data = FileManager.default.contents(atPath: keyFile) else {
            throw ValidationError("The file \(keyFile) cannot be read.")
        }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
        guard let line, let credential = KeyText.credential(in: Array(line.utf8)) else {
            throw ValidationError("The first line of the file \(keyFile) must be a key.")
        }
        return credential
    }

    private func fail(_ message: String) throws -> Never {
        StandardStream.error.writeLine(message)
        throw ExitCode(1)
    }
}
