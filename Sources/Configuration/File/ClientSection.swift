/// Reads the section of clients.
enum ClientSection {
    /// Reads the clients.
    static func read(
        _ file: SectionReader,
        workspaces: [ConfigurationFile.Workspace],
        hasIssuer: Bool
    ) -> ConfigurationFile.Clients {
        guard let node = file["clients"] else {
            if hasIssuer { file.add("jwt", "needs \"clients\": a list that says what subjects may do") }
            return .keys
        }
        guard case .list(let elements) = node.content else {
            if hasIssuer { file.add("jwt", "needs \"clients\" to be a list") }
            switch node.scalar?.text {
            case "keys": return .keys
            case "anonymous": return .anonymous
            default:
                file.add("clients", "must be \"keys\", \"anonymous\" or a list of clients")
                return .keys
            }
        }
        if elements.isEmpty { file.add("clients", "must have at least one client") }
        var reader = Reader(file: file, workspaces: workspaces.map(\.slug), hasIssuer: hasIssuer)
        for (index, element) in elements.enumerated() { reader.read(element, index) }
        return .known(reader.found)
    }

    /// Checks that configured keys can only be used by callers that the file permits.
    static func checkKeys(
        of file: SectionReader,
        workspaces: [ConfigurationFile.Workspace],
        clients: ConfigurationFile.Clients
    ) {
        // Otherwise any caller could use the keys, although the file does not say so.
        guard clients == .keys, let index = workspaces.firstIndex(where: { $0.key != .passThrough }) else { return }
        let elements = file.list("workspaces")
        guard elements.indices.contains(index) else { return }
        file.problems.add(
            elements[index].position,
            """
            a workspace has a key, which everybody who reaches the gateway would use. \
            Say "clients": "anonymous" if that is meant, or list clients; otherwise leave the key out, so that callers bring theirs.
            """
        )
    }

    private struct Reader {
        let file: SectionReader
        let workspaces: [String]
        let hasIssuer: Bool
        var found: [ConfigurationFile.Client] = []
        private var tokens: Set<[UInt8]> = []

        init(file: SectionReader, workspaces: [String], hasIssuer: Bool) {
            self.file = file
            self.workspaces = workspaces
            self.hasIssuer = hasIssuer
        }

        mutating func read(_ element: ConfigurationNode, _ index: Int) {
            guard let entry = SectionReader(element, title: "clients[\(index)]", .client, file.problems) else { return }
            guard entry["name"] != nil else { return entry.add("a client needs \"name\".") }
            guard let name = entry.text("name") else { return }
            var client = ConfigurationFile.Client(name: name)
            client.operationsLocation = entry.location(of: "operations")
            client.laneLocation = entry.location(of: "lane")
            if found.contains(where: { $0.name == name }) { entry.add("name", "is another client's too") }
            readIdentity(entry, into: &client)
            let slugs = entry.positionedTexts("workspaces")
            client.workspaces = slugs?.map(\.text)
            for (slug, place) in slugs ?? [] where !workspaces.contains(slug) {
                entry.add("workspaces", "has \"\(slug)\", which is no workspace", at: place)
            }
            if client.workspaces?.isEmpty == true { entry.add("workspaces", "must have at least one workspace") }
            client.isReadOnly = entry.boolean("readOnly")
            client.operations = entry.texts("operations")
            client.requestsPerMinute = entry.integer("requestsPerMinute", in: 1...Int.max)
            client.callsPerMinute = entry.integer("callsPerMinute", in: 1...Int.max)
            client.lane = entry.text("lane")
            client.isAdministrator = entry.boolean("admin")
            found.append(client)
        }

        private mutating func readIdentity(_ entry: SectionReader, into client: inout ConfigurationFile.Client) {
            guard (entry["tokens"] == nil) != (entry["subject"] == nil) else {
                return entry.add("a client needs one of \"tokens\" and \"subject\".")
            }
            client.subject = entry.text("subject")
            if let subject = client.subject {
                if !hasIssuer { entry.add("subject", "needs \"jwt\": the issuer of tokens") }
                if found.contains(where: { $0.subject == subject }) { entry.add("subject", "is another client's too") }
            }
            let texts = entry.positionedTexts("tokens")
            if texts?.isEmpty == true { entry.add("tokens", "must have at least one hash") }
            for (text, place) in texts ?? [] {
                guard let hash = TokenHashText.bytes(of: text) else {
                    // Not shown, as it may be the token itself.
                    entry.add("tokens", "must have SHA-256 hashes: \"sha256:\" and 64 hexadecimal digits", at: place)
                    continue
                }
                if !tokens.insert(hash).inserted {
                    entry.add("tokens", "has a hash that stands there twice", at: place)
                }
                client.tokens.append(hash)
            }
        }
    }
}
