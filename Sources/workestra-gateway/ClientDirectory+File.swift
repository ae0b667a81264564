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
            let texts = client.operations.map { ids in
                ids.compactMap { id -> String? in
                    guard let documents else { return nil }
                    let text = documents.text(of: id)
                    if text == nil {
                        let words = "The client \"\(client.name)\" names \"\(id)\", which is no trusted document."
                        problems.add(ConfigurationProblem(origin: client.operationsLocation, message: words))
                    }
                    return text
                }
            }
            let lane = client.lane.flatMap { lanes?[$0] }
            if let lanes, let name = client.lane, lane == nil {
                let words = "The client \"\(client.name)\" names the lane \"\(name)\", which is none of "
                let known = lanes.names.joined(separator: ", ")
                problems.add(ConfigurationProblem(origin: client.laneLocation, message: words + known + "."))
            }
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
        var verifier: WebTokenVerifier?
        if let issuer = file.tokenIssuer, let keys {
            let rules = TokenRules(
                issuer: issuer.issuer,
                audiences: issuer.audiences,
                leeway: issuer.leeway,
                scopes: issuer.scopes
            )
            verifier = WebTokenVerifier(rules: rules, keys: keys, clients: subjects) { UnixTime.now }
        }
        return ClientDirectory(
            entries,
            issuer: verifier,
            limitsCalls: limitsCalls,
            hasAdministrators: subjects.contains { $0.client.isAdministrator }
        )
    }
}
