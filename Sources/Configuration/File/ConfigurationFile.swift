/// The content of a configuration file: workspaces with their keys, who may call, and options of `serve`.
package struct ConfigurationFile: Sendable {
    /// One workspace.
    package struct Workspace: Sendable, Hashable {
        package let slug: String
        package let url: String
        /// The name of the keys' plan; nil: that of the command line.
        package let plan: String?
        package let key: Key
        /// How its webhooks are verified; nil: none are taken.
        package var webhook: Webhook?
        /// How its calls connect.
        package var connection = Connection()
        /// Where its key stands, or else the workspace: file, line and column.
        package let location: String
    }

    /// Where a workspace's key is.
    package enum Key: Sendable, Hashable {
        /// Each caller brings its own.
        case passThrough
        case file(String)
        case environment(String)
    }

    /// Who may call.
    package enum Clients: Sendable, Hashable {
        /// Callers bring their own keys.
        case keys
        /// Everybody, with the configured keys.
        case anonymous
        /// These.
        case known([Client])
    }

    /// One client of the gateway.
    package struct Client: Sendable, Hashable {
        package let name: String
        /// The SHA-256 hashes of its tokens.
        package var tokens: [[UInt8]] = []
        /// The subject of its JSON Web Tokens; `*`: any that no other client has; nil: it has none.
        package var subject: String?
        /// The slugs of the workspaces that it may use; nil: all.
        package var workspaces: [String]?
        package var isReadOnly = false
        /// The ids of the trusted documents that it may have executed; nil: any operation.
        package var operations: [String]?
        package var requestsPerMinute: Int?
        package var callsPerMinute: Int?
        /// The name of the lane that it is in; nil: that of the protocol by which it comes.
        package var lane: String?
        /// Whether it may see what operators see.
        package var isAdministrator = false
        /// Where `operations` stands: file, line and column.
        package var operationsLocation = ""
        /// Where `lane` stands: file, line and column.
        package var laneLocation = ""

        package init(name: String) {
            self.name = name
        }
    }

    /// How JSON Web Tokens are checked.
    package struct TokenIssuer: Sendable, Hashable {
        package let issuer: String
        package let audiences: [String]
        package let keys: KeySource
        package let leeway: Int
        package let scopes: [String]
        /// Where the place of the keys stands: file, line and column.
        package let keysLocation: String

        package init(
            issuer: String,
            audiences: [String],
            keys: KeySource,
            leeway: Int,
            scopes: [String],
            keysLocation: String = ""
        ) {
            self.keysLocation = keysLocation
            self.issuer = issuer
            self.audiences = audiences
            self.keys = keys
            self.leeway = leeway
            self.scopes = scopes
        }
    }

    /// Where the issuer's public keys are.
    package enum KeySource: Sendable, Hashable {
        case file(String)
        case url(String)
    }

    /// One argument of the command line: a name, and a value unless it is a flag.
    package struct Option: Sendable, Hashable {
        package let name: String
        package let value: String?
        /// Where it stands.
        package let position: TextPosition
    }

    package let workspaces: [Workspace]
    package let clients: Clients
    /// How JSON Web Tokens are checked; nil: there are none.
    package let tokenIssuer: TokenIssuer?
    package let options: [Option]

    /// What is wrong with the file; what is wrong is left out of the rest.
    package let problems: ConfigurationProblems
    /// Whether nothing is left out of the options.
    package let hasAllOptions: Bool

    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - text: the text, in YAML or JSON.
    ///   - name: the file's name, for messages.
    ///   - rules: what it is checked against.
    /// - Throws: everything that is wrong with the file.
    package init(
        _ text: [UInt8],
        name: String,
        rules: ConfigurationRules = ConfigurationRules()
    ) throws(ConfigurationProblems) {
        self.init(parsing: text, name: name, rules: rules)
        try problems.throwIfAny()
    }

    /// Reads a file's text as far as it is right.
    package init(parsing text: [UInt8], name: String, rules: ConfigurationRules) {
        let list = ProblemList(file: name)
        let empty = ConfigurationNode(position: TextPosition(line: 1, column: 1), content: .members([]))
        var content = empty
        var isText = true
        do throws(TextFault) {
            content = try ConfigurationText.read(text, name: name) ?? empty
        } catch {
            list.add(error.position, error.message)
            isText = false
        }
        let file = SectionReader(content, .file, list) ?? SectionReader(members: [], at: content.position, list)
        workspaces = WorkspaceSection.read(file, rules)
        tokenIssuer = TokenIssuerSection.read(file, rules)
        clients = ClientSection.read(file, workspaces: workspaces, hasIssuer: file["jwt"] != nil)
        let before = list.problems.all.count
        options = OptionSection.read(file, rules)
        hasAllOptions = isText && list.problems.all.count == before
        ClientSection.checkKeys(of: file, workspaces: workspaces, clients: clients)
        problems = list.problems
    }
}
