/// The content of a configuration file: workspaces with their keys, clients, and options of `serve`.
package struct ConfigurationFile: Sendable {
    /// One workspace.
    package struct Workspace: Sendable, Hashable {
        package let slug: String
        package let url: String
        /// The name of the keys' plan; nil: that of the command line.
        package let plan: String?
        package let key: Key
        /// The verification of its webhooks; nil: webhooks are refused.
        package var webhook: Webhook?
        /// The connection settings of its calls.
        package var connection = Connection()
        /// The location of its key, or else of the workspace: file, line and column.
        package let location: String
    }

    /// The source of a workspace's key.
    package enum Key: Sendable, Hashable {
        /// Each caller sends its own.
        case passThrough
        case file(String)
        case environment(String)
    }

    /// The clients that may call.
    package enum Clients: Sendable, Hashable {
        /// Callers send their own keys.
        case keys
        /// Any caller, with the configured keys.
        case anonymous
        /// The listed clients.
        case known([Client])
    }

    /// One client of the gateway.
    package struct Client: Sendable, Hashable {
        package let name: String
        /// The SHA-256 hashes of its tokens.
        package var tokens: [[UInt8]] = []
        /// The subject of its JSON Web Tokens; `*`: any subject that no other client has; nil: it has none.
        package var subject: String?
        /// The slugs of the workspaces that it may use; nil: all.
        package var workspaces: [String]?
        /// Whether its mutations are refused.
        package var isReadOnly = false
        /// The ids of the trusted documents that it may execute; nil: it may execute any operation.
        package var operations: [String]?
        /// The most requests per minute; nil: the default.
        package var requestsPerMinute: Int?
        /// The most upstream calls per minute; nil: the default.
        package var callsPerMinute: Int?
        /// The name of its lane; nil: that of the protocol that it uses.
        package var lane: String?
        /// Whether it may see the operators' pages.
        package var isAdministrator = false
        /// The location of `operations`: file, line and column.
        package var operationsLocation = ""
        /// The location of `lane`: file, line and column.
        package var laneLocation = ""

        package init(name: String) {
            self.name = name
        }
    }

    /// The verification of JSON Web Tokens.
    package struct TokenIssuer: Sendable, Hashable {
        /// The required issuer of a token.
        package let issuer: String
        /// The accepted audiences of a token.
        package let audiences: [String]
        /// The source of the issuer's public keys.
        package let keys: KeySource
        /// The seconds by which clocks may differ.
        package let leeway: Int
        /// The scopes that a token needs.
        package let scopes: [String]
        /// The location of the keys' file or URL in the configuration: file, line and column.
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

    /// The source of the issuer's public keys.
    package enum KeySource: Sendable, Hashable {
        case file(String)
        case url(String)
    }

    /// One option of the command line: a name, and a value unless it is a flag.
    package struct Option: Sendable, Hashable {
        package let name: String
        package let value: String?
        /// The position of the option in the file.
        package let position: TextPosition
    }

    package let workspaces: [Workspace]
    package let clients: Clients
    /// The verification of JSON Web Tokens; nil: they are not accepted.
    package let tokenIssuer: TokenIssuer?
    package let options: [Option]

    /// The problems of the file; invalid values are left out of the other properties.
    package let problems: ConfigurationProblems
    /// Whether no option is left out.
    package let hasAllOptions: Bool

    /// Parses the text of a file.
    ///
    /// - Parameters:
    ///   - text: the text, in YAML or JSON.
    ///   - name: the name of the file, for messages.
    ///   - rules: the rules that it is checked against.
    /// - Throws: all problems of the file.
    package init(
        _ text: [UInt8],
        name: String,
        rules: ConfigurationRules = ConfigurationRules()
    ) throws(ConfigurationProblems) {
        self.init(parsing: text, name: name, rules: rules)
        try problems.throwIfAny()
    }

    /// Parses the text of a file; invalid values are left out.
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
