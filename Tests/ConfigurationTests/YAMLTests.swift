import Configuration
import Testing

/// What of YAML a configuration file may have, and what is refused.
@Suite struct YAMLTests {
    private func file(_ text: String, name: String = "f.yaml") throws -> ConfigurationFile {
        try ConfigurationFile(Array(text.utf8), name: name)
    }

    @Test(arguments: ["f.yaml", "f.json", "f"]) func byteOrderMarkCountsInNoPosition(name: String) throws {
        let text = #"\#u{FEFF}{"workspaces": [{"slug": "a", "url": "http://a"}], "nothing": 1}"#
        let problems = #expect(throws: ConfigurationProblems.self) { try file(text, name: name) }
        #expect(problems?.all.map { $0.position } == [TextPosition(line: 1, column: 52)])
        let right = try file(text.replacing(#", "nothing": 1"#, with: ""), name: name)
        #expect(right.workspaces.map(\.location) == ["\(name):1:17"])
        #expect(try file("\u{FEFF}workspaces: [{slug: a, url: \"http://a\"}]\n").workspaces.map(\.slug) == ["a"])
    }

    @Test func blockStyleIsRead() throws {
        let file = try file(
            """
            # A comment.
            workspaces:
              - slug: acme          # The first.
                url: "https://acme.example/api/v1"
                plan: standard
                keyFile: /run/secrets/acme
              - {slug: no, url: 'http://127.0.0.1:1/x', keyEnvironment: KEY}
            clients: anonymous
            options:
              listen: 127.0.0.1:8080
              max-rows: 1000
              no-cache: true
              no-batching: false
              cors-origin:
                - https://a.example
                - https://b.example

            """
        )
        #expect(file.workspaces.map(\.slug) == ["acme", "no"])
        #expect(file.workspaces.map(\.url) == ["https://acme.example/api/v1", "http://127.0.0.1:1/x"])
        #expect(file.workspaces.map(\.plan) == ["standard", nil])
        #expect(file.workspaces.map(\.key) == [.file("/run/secrets/acme"), .environment("KEY")])
        #expect(file.workspaces.map(\.location) == ["f.yaml:6:14", "f.yaml:7:61"])
        #expect(file.clients == .anonymous)
        #expect(
            file.options.map { "\($0.name)=\($0.value ?? "set")@\($0.position)" } == [
                "listen=127.0.0.1:8080@10:11", "max-rows=1000@11:13", "no-cache=set@12:13",
                "cors-origin=https://a.example@15:7", "cors-origin=https://b.example@16:7",
            ]
        )
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "---\n...\n", "{}"])
    func anEmptyFileStatesNothing(text: String) throws {
        let file = try file(text)
        #expect(file.workspaces.isEmpty && file.options.isEmpty && file.clients == .keys)
    }

    static let refused: [(text: String, message: String)] = [
        ("clients: &a anonymous\n", "f.yaml:1:10: anchors (&name) and aliases (*name) are not supported;"),
        ("options:\n  listen: *a\n", "f.yaml:2:11: anchors (&name) and aliases (*name) are not supported;"),
        ("clients: !!str anonymous\n", "f.yaml:1:10: tags (!name) are not supported;"),
        ("clients: keys\nclients: anonymous\n", "f.yaml:2:1: \"clients\" stands here twice; it is in line 1 too."),
        ("clients: keys\n---\nclients: keys\n", "f.yaml:2:1: the file must have one document."),
        ("clients:\n\tkeys\n", "f.yaml:2:1: a tab cannot stand here; indent with spaces."),
        ("clients: keys: anonymous\n", "f.yaml:1:14: mapping values are not allowed in this context"),
        ("workspaces:\n  - slug: a\n   url: b\n", "f.yaml:3:4: "),
        ("[a]: b\n", "f.yaml:1:1: "),
        ("? {a: b}\n: c\n", "f.yaml:1:3: a key must be a text."),
        ("clients: \"keys\n", "f.yaml:2:1: found unexpected end of stream while scanning a quoted scalar."),
        ("just a text\n", "f.yaml:1:1: must be an object."),
        ("- a\n", "f.yaml:1:1: must be an object."),
        (
            "options:\n  listen:\n",
            "f.yaml:2:10: options: \"listen\" must be a text, a number, true, false or a list of these."
        ),
        ("{\n  \"workspaces\": [,]\n}", "f.yaml:2:18: "),
        ("{\"clients\": \"keys\", \"clients\": \"keys\"}", "f.yaml:1:21: "),
    ]

    @Test(arguments: refused)
    func invalidYAMLIsRefusedWithItsPosition(text: String, message: String) throws {
        let problems = #expect(throws: ConfigurationProblems.self) { try file(text) }
        let description = try #require(problems?.description)
        #expect(description.hasPrefix(message), "\(description)")
    }

    @Test func depthAndSizeAreBounded() throws {
        for text in [String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000), deepObjects] {
            let problems = #expect(throws: ConfigurationProblems.self) { try file("options: \(text)") }
            #expect(problems?.all.count == 1)
        }
        let long = "# " + String(repeating: "x", count: 5 << 20)
        let problems = #expect(throws: ConfigurationProblems.self) { try file(long) }
        #expect(problems?.description == "f.yaml:1:1: the file has more than 4194304 bytes.")
    }

    private var deepObjects: String { String(repeating: "{a: ", count: 10_000) }

    @Test func bytesThatAreNoUTF8AreRefused() throws {
        let problems = #expect(throws: ConfigurationProblems.self) {
            try ConfigurationFile(Array("clients: keys\n# ".utf8) + [0xFF], name: "f.yaml")
        }
        #expect(problems?.description.hasPrefix("f.yaml:2:3: ") == true, "\(String(describing: problems))")
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        let file = try ConfigurationFile([0xEF, 0xBB, 0xBF] + Array("clients: anonymous\n".utf8), name: "f.yaml")
        #expect(file.clients == .anonymous)
    }

    @Test func flowStyleWithoutQuotesIsYAMLUnlessTheNameSaysJSON() throws {
        #expect(try file("{clients: anonymous}").clients == .anonymous)
        let problems = #expect(throws: ConfigurationProblems.self) { try file("{clients: anonymous}", name: "f.json") }
        #expect(problems?.description.hasPrefix("f.json:1:2: ") == true)
    }

    @Test(arguments: [
        ("{\n\"a\": x}", "c.json:2:6: "), ("{\"a\":1,\n \"a\":2}", "c.json:2:2: "),
        ("{\n\"äöü\": x}", "c.json:2:8: "), ("{\"ä€😀\":1, \"ä€😀\":2}", "c.json:1:11: "),
    ])
    func invalidJSONIsRefusedWithItsPosition(text: String, location: String) throws {
        let problems = #expect(throws: ConfigurationProblems.self) { try file(text, name: "c.json") }
        #expect(problems?.description.hasPrefix(location) == true, "\(String(describing: problems))")
    }
}
