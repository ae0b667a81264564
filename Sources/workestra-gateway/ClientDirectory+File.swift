internal import Configuration
internal import Gateway
internal import JSONWebTokens

extension ClientDirectory {
    /// Returns the clients that a configuration file lists; nil: callers do not identify themselves.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - limits: the limits of each client that has none of its own.
    ///   - documents: the trusted documents, which clients refer to by id; nil: they could not be read.
    ///   - lanes: the lanes, which clients refer to by name; nil: they could not be read.
    ///   - keys: the keys of the issuer of JSON Web Tokens; nil: none.
    /// - Returns: the clients.
    /// - Throws: references to documents and lanes that do not exist.
    static func make(
        _ file: ConfigurationFile?,
        limits: ClientLimits,
        documents: TrustedDocuments?,
        lanes: BudgetLanes?,
        keys: IssuerKeys?
    ) throws(ConfigurationProblems) -> ClientDirectory? {
        guard let file, case .known(let clients) = file.clients else { return nil }
        var problems = ConfigurationProblems()
        var entries: [(hash: [UInt8], client: GatewayClient)] = []
        var subjects: [(subject: String, client: GatewayClient)] = []
        var limitsCalls = false
        for client in clients {
            var own = limits
            if let requests = client.requestsPerMinute { own.requestsPerMinute = requests }
            if let calls = client.callsPerMinute { own.callsPerMinute = calls }
            limitsCalls = limitsCalls || own.callsPerMinute != nil
            let texts = texts(of: client, documents, &problems)
            let lane = lane(of: client, lanes, &problems)
            let known = GatewayClient(
                name: client.name,
                workspaces: client.workspaces,
                isReadOnly: client.isReadOnly,
                isAdministrator: client.isAdministrator,
                lane: lane,
                documents: texts,
                limits: own
            )
            if let subject = client.subject { subjects.append((subject, known)) }
            entries += client.tokens.map { ($0, known) }
        }
        try problems.throwIfAny()
        return ClientDirectory(
            entries,
            issuer: keys.flatMap { verifier(file, $0, subjects) },
            limitsCalls: limitsCalls,
            hasAdministrators: subjects.contains { $0.client.isAdministrator }
        )
    }

    /// The texts of the documents that a client may execute; nil: any.
    private static func texts(
        of client: ConfigurationFile.Client,
        _ documents: TrustedDocuments?,
        _ problems: inout ConfigurationProblems
    ) -> [String]? {
        guard let ids = client.operations else { return nil }
        guard let documents else { return [] }
        var texts: [String] = []
        for id in ids {
            if let text = documents.text(of: id) {
                texts.append(text)
            } else {
                let words = "The client \"\(client.name)\" names \"\(id)\", which is no trusted document."
                problems.add(ConfigurationProblem(origin: client.operationsLocation, message: words))
            }
        }
        return texts
    }

    /// The lane that a client names; nil: that of its protocol.
    private static func lane(
        of client: ConfigurationFile.Client,
        _ lanes: BudgetLanes?,
        _ problems: inout ConfigurationProblems
    ) -> LanePolicy? {
        guard let lanes, let name = client.lane else { return nil }
        if let lane = lanes[name] { return lane }
        let words = "The client \"\(client.name)\" names the lane \"\(name)\", which is none of "
        let known = lanes.names.joined(separator: ", ")
        problems.add(ConfigurationProblem(origin: client.laneLocation, message: words + known + "."))
        return nil
    }

    /// The verifier of JSON Web Tokens; nil if the file names no issuer.
    private static func verifier(
        _ file: ConfigurationFile,
        _ keys: IssuerKeys,
        _ subjects: [(subject: String, client: GatewayClient)]
    ) -> WebTokenVerifier? {
        guard let issuer = file.tokenIssuer else { return nil }
        let rules = TokenRules(
            issuer: issuer.issuer,
            audiences: issuer.audiences,
            leeway: issuer.leeway,
            scopes: issuer.scopes
        )
        return WebTokenVerifier(rules: rules, keys: keys, clients: subjects) { UnixTime.now }
    }
}
