import Configuration
import Testing

/// What is read from a configuration file, and what is said of mistakes: all of them together.
@Suite struct ConfigurationFileTests {
    private static let hash = "sha256:" + String(repeating: "0a", count: 32)

    private func file(_ text: String, rules: ConfigurationRules = ConfigurationRules()) throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), name: "f.yaml", rules: rules)
    }

    private var rules: ConfigurationRules {
        var rules = ConfigurationRules()
        rules.options = [
            OptionDefinition(name: "max-rows", defaultValue: "1000"), OptionDefinition(name: "no-cache", isFlag: true),
            OptionDefinition(name: "cors-origin", isRepeatable: true), OptionDefinition(name: "schema", isPath: true),
        ]
        rules.plans = ["standard", "enterprise"]
        rules.folder = "/etc/gateway"
        return rules
    }

    @Test func allMistakesAreReportedTogetherInTheFilesOrder() throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try file(
                """
                workspace: []
                workspaces:
                  - slug: a b
                    url: http://user:SECRET@x
                    plan: gold
                    keyfile: k
                  - url: http://x
                options:
                  max-row: 5
                  max-rows: [1, 2]
                  no-cache: maybe
                  config: x
                clients: all
                """,
                rules: rules
            )
        }
        #expect(
            problems?.all.map(\.description) == [
                "f.yaml:1:1: there is no \"workspace\". Did you mean \"workspaces\"?",
                "f.yaml:3:11: A slug has letters, digits, - and _. Not: a b",
                "f.yaml:4:10: A base URL cannot have a user name or password; give the key by \"keyFile\" or \"keyEnvironment\".",
                "f.yaml:5:11: The workspace \"a b\" has a plan that is none of standard, enterprise: gold",
                "f.yaml:6:5: workspaces[0]: there is no \"keyfile\". Did you mean \"keyFile\" or \"caFile\"?",
                "f.yaml:7:5: workspaces[1]: a workspace needs \"slug\" and \"url\".",
                "f.yaml:9:3: options: there is no \"max-row\". Did you mean \"max-rows\"?",
                "f.yaml:10:13: options: \"max-rows\" takes one value, not a list.",
                "f.yaml:11:13: options: \"no-cache\" must be true or false.",
                "f.yaml:12:11: options: \"config\" cannot stand in a configuration file.",
                "f.yaml:13:10: \"clients\" must be \"keys\", \"anonymous\" or a list of clients.",
            ]
        )
    }

    @Test func pathsAreRelativeToTheFile() throws {
        let file = try file(
            """
            clients: anonymous
            workspaces:
              - {slug: a, url: "http://x", keyFile: keys/a}
              - {slug: b, url: "http://x", keyFile: /run/b}
            options: {schema: schema, cors-origin: x}
            """,
            rules: rules
        )
        #expect(file.workspaces.map(\.key) == [.file("/etc/gateway/keys/a"), .file("/run/b")])
        #expect(file.options.map(\.value) == ["/etc/gateway/schema", "x"])
    }

    @Test(arguments: [
        ("http://x", nil), ("https://x.example:8443/api/v1", nil), ("http://[::1]:8080/a", nil), ("HTTP://x", nil),
        ("ftp://x", "must begin with http"), ("x", "must begin with http"), ("http://", "no valid host"),
        ("http://a:b:c/", "no valid host"), ("http://x:99999/", "no valid host"), ("http://:80/", "no valid host"),
        ("http://u@x/", "cannot have a user name"), ("http://u:p@x/", "cannot have a user name"),
        ("https://x/a?b=c", "cannot have a query"), ("https://x/#a", "cannot have a query"),
        ("https://x/a b", "no spaces"), ("https://x\\@y/", "user name"), ("https://ex\u{E4}mple/", "beyond ASCII"),
    ])
    func baseURLsAreChecked(url: String, problem: String?) {
        let found = BaseURL.problem(with: url)
        #expect((found == nil) == (problem == nil) && found?.contains(problem ?? "") ?? true, "\(url): \(found ?? "")")
    }

    @Test func anEmptyListOfWorkspacesIsRefused() throws {
        let problems = #expect(throws: ConfigurationProblems.self) { try file("workspaces: []\n") }
        #expect(problems?.description == "f.yaml:1:13: \"workspaces\" must have at least one workspace.")
    }

    @Test func keyInTheFileIsRefused() throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try file("clients: anonymous\nworkspaces: [{slug: a, url: \"http://x\", key: SECRET}]\n")
        }
        let text = try #require(problems?.description)
        #expect(
            text.hasPrefix("f.yaml:2:41: workspaces[0]: \"key\" would put a secret into the configuration; "),
            "\(text)"
        )
        #expect(!text.contains("SECRET"))
    }

    @Test func clientsAreRead() throws {
        let file = try file(
            """
            workspaces: [{slug: a, url: "http://x", keyFile: k}, {slug: b, url: "http://x"}]
            jwt: {issuer: "https://i", audience: [g, h], keysFile: keys.json, scopes: [use]}
            clients:
              - name: board
                tokens: ["\(Self.hash)"]
                workspaces: [a]
                readOnly: true
                operations: [one, two]
                requestsPerMinute: 60
                callsPerMinute: 20
              - name: people
                subject: "*"
            """,
            rules: rules
        )
        var board = ConfigurationFile.Client(name: "board")
        (board.operationsLocation, board.laneLocation) = ("f.yaml:8:17", "f.yaml:4:5")
        board.tokens = [[UInt8](repeating: 10, count: 32)]
        board.workspaces = ["a"]
        board.isReadOnly = true
        board.operations = ["one", "two"]
        board.requestsPerMinute = 60
        board.callsPerMinute = 20
        var people = ConfigurationFile.Client(name: "people")
        (people.operationsLocation, people.laneLocation) = ("f.yaml:11:5", "f.yaml:11:5")
        people.subject = "*"
        #expect(file.clients == .known([board, people]))
        let issuer = ConfigurationFile.TokenIssuer(
            issuer: "https://i",
            audiences: ["g", "h"],
            keys: .file("/etc/gateway/keys.json"),
            leeway: 30,
            scopes: ["use"],
            keysLocation: "f.yaml:2:56"
        )
        #expect(file.tokenIssuer == issuer)
    }

    @Test(arguments: [#"a\"b"#, #"a\\b"#, "a b", "ä", ""]) func unsendableScopeIsRefused(scope: String) {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try file(
                #"""
                workspaces: [{slug: a, url: "http://x"}]
                clients: [{name: people, subject: "*"}]
                jwt: {issuer: "https://i", audience: g, keysFile: keys.json, scopes: [use, "\#(scope)"]}
                """#
            )
        }
        let words =
            scope.isEmpty
            ? "must have texts that are not empty."
            : "must have scopes, which are visible ASCII characters without quotation marks and backslashes."
        let column = scope.isEmpty ? 76 : 70
        #expect(problems?.all.map(\.description) == ["f.yaml:3:\(column): jwt: \"scopes\" \(words)"])
    }

    @Test func mistakesInListsHaveTheLinesOfTheirElements() {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try file(
                """
                workspaces:
                  - slug: a
                    url: http://x
                clients:
                  - name: x
                    workspaces:
                      - a
                      - b
                    tokens:
                      - "\(Self.hash)"
                      - "\(Self.hash)"
                      - SECRET
                """
            )
        }
        #expect(
            problems?.all.map(\.description) == [
                "f.yaml:8:9: clients[0]: \"workspaces\" has \"b\", which is no workspace.",
                "f.yaml:11:9: clients[0]: \"tokens\" has a hash that stands there twice.",
                "f.yaml:12:9: clients[0]: \"tokens\" must have SHA-256 hashes: \"sha256:\" and 64 hexadecimal digits.",
            ]
        )
    }

    @Test func mistakesInClientsAreReported() throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try file(
                """
                workspaces: [{slug: a, url: "http://x"}]
                clients:
                  - tokens: ["\(Self.hash)"]
                  - {name: x, tokens: [SECRET]}
                  - {name: x, tokens: ["\(Self.hash)", "\(Self.hash)"], workspaces: [c]}
                  - {name: y}
                  - {name: z, subject: s, callsPerMinute: 0}
                """
            )
        }
        #expect(
            problems?.all.map(\.description) == [
                "f.yaml:3:5: clients[0]: a client needs \"name\".",
                "f.yaml:4:24: clients[1]: \"tokens\" must have SHA-256 hashes: \"sha256:\" and 64 hexadecimal digits.",
                "f.yaml:5:12: clients[2]: \"name\" is another client's too.",
                "f.yaml:5:99: clients[2]: \"tokens\" has a hash that stands there twice.",
                "f.yaml:5:188: clients[2]: \"workspaces\" has \"c\", which is no workspace.",
                "f.yaml:6:5: clients[3]: a client needs one of \"tokens\" and \"subject\".",
                "f.yaml:7:24: clients[4]: \"subject\" needs \"jwt\": the issuer of tokens.",
                "f.yaml:7:43: clients[4]: \"callsPerMinute\" must be a whole number of 1 or more.",
            ]
        )
    }

    @Test(arguments: [
        ("jwt: {issuer: i, audience: a, keysFile: k}\n", "\"jwt\" needs \"clients\""),
        ("jwt: {issuer: i, keysFile: k}\nclients: [{name: a, subject: s}]\n", "needs \"audience\""),
        ("jwt: {issuer: i, audience: a}\nclients: [{name: a, subject: s}]\n", "one of \"keysURL\" and \"keysFile\""),
        ("jwt: {issuer: i, audience: a, keysURL: \"http://x/\"}\nclients: [{name: a, subject: s}]\n", "https://"),
        (
            "jwt: {issuer: i, audience: a, keysURL: \"http://127.0.0.1:x@evil/\"}\nclients: [{name: a, subject: s}]\n",
            "is no URL of keys"
        ),
        (
            "jwt: {issuer: i, audience: a, keysFile: k, leeway: 301}\nclients: [{name: a, subject: s}]\n",
            "from 0 to 300"
        ),
    ])
    func mistakesInIssuersAreReported(text: String, message: String) throws {
        let problems = #expect(throws: ConfigurationProblems.self) { try file(text) }
        #expect(problems?.description.contains(message) == true, "\(String(describing: problems))")
    }
}
