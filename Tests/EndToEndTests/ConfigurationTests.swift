import Configuration
import Foundation
import Gateway
import GatewayTestSupport
import JSON
import Testing
import Upstream

/// Configuration files: what is read from them, what is refused, and whose keys are used.
@Suite struct ConfigurationTests {
    @Test func theExampleIsRead() throws {
        let file = try ConfigurationFile(RepositoryFile.bytes("examples/gateway.json"), name: "gateway.json")
        #expect(file.workspaces.map(\.slug) == ["acme", "globex", "initech"])
        #expect(file.workspaces.map(\.url) == file.workspaces.map { "https://\($0.slug).workestra.app/api/v1" })
        #expect(file.workspaces.map(\.plan) == ["standard", "professional", nil])
        #expect(file.workspaces.map(\.key) == [.environment("ACME_KEY"), .file("/run/secrets/globex"), .passThrough])
        let options = file.options.map { "\($0.name)=\($0.value ?? "")" }
        #expect(
            options == ["listen=127.0.0.1:8080", "cors-origin=https://app.example.com", "client-calls-per-minute=200"]
        )
    }

    static let open = #""clients":"anonymous","#

    static let mistakes: [(text: String, message: String)] = [
        ("{\n  \"workspaces\": [,]\n}", "f:2:18: "),
        ("[]", "f:1:1: must be an object."),
        (#"{"workspace":[]}"#, "f:1:2: there is no \"workspace\". Did you mean \"workspaces\"?"),
        (#"{"unknown":[]}"#, "f:1:2: there is no \"unknown\"; there are: workspaces, clients, jwt, options."),
        (#"{"workspaces":{}}"#, "f:1:15: \"workspaces\" must be a list."),
        (#"{"workspaces":[1]}"#, "f:1:16: workspaces[0]: must be an object."),
        (#"{"workspaces":[{"slug":"a"}]}"#, "f:1:16: workspaces[0]: a workspace needs \"slug\" and \"url\"."),
        (
            #"{"workspaces":[{"slug":"","url":"http://b"}]}"#,
            "f:1:24: workspaces[0]: \"slug\" must be a text that is not empty."
        ),
        (
            #"{"workspaces":[{"slug":"a","url":"http://b"},{"slug":"a","url":"http://c"}]}"#,
            "f:1:54: workspaces[1]: \"slug\" is another workspace's too."
        ),
        (
            #"{\#(open)"workspaces":[{"slug":"a","url":"http://b","keyEnvironment":"K","keyFile":"k"}]}"#,
            "f:1:38: workspaces[0]: give one of \"keyFile\" and \"keyEnvironment\"."
        ),
        (
            #"{\#(open)"workspaces":[{"slug":"a","url":"http://b","key":"SECRET"}]}"#,
            "f:1:67: workspaces[0]: \"key\" would put a secret into the configuration;"
        ),
        (
            #"{"workspaces":[{"slug":"a","url":"http://b","keyFile":"k"}]}"#,
            "f:1:16: a workspace has a key, which everybody "
        ),
        (
            #"{"clients":"keys","workspaces":[{"slug":"a","url":"http://b","keyFile":"k"}]}"#,
            "f:1:33: a workspace has a key, "
        ),
        (#"{"clients":"all"}"#, "f:1:12: \"clients\" must be \"keys\", \"anonymous\" or a list of clients."),
        (#"{"options":{"config":"g"}}"#, "f:1:22: options: \"config\" cannot stand in a configuration file."),
        (
            #"{"options":{"listen":{}}}"#,
            "f:1:22: options: \"listen\" must be a text, a number, true, false or a list of these."
        ),
    ]

    @Test(arguments: mistakes)
    func mistakesAreReportedWithTheirLocationAndWithoutKeys(text: String, message: String) throws {
        let error = #expect(throws: ConfigurationProblems.self) {
            try ConfigurationFile(Array(text.utf8), name: "f")
        }
        let description = try #require(error?.description)
        #expect(description.hasPrefix(message), "\(description)")
        #expect(!description.contains("SECRET"))
    }

    /// What `serve` says of files that it refuses.
    static let refusals: [(text: String, message: String)] = [
        (
            #"{"workspaces":[{"slug":"a b","url":"http://x"}]}"#,
            "gateway.json:1:24: A slug has letters, digits, - and _. Not: a b"
        ),
        (
            "{\n\"workspaces\": [\n  {\"slug\": \"a\", \"url\": \"x\"}]}",
            "gateway.json:3:24: The base URL x must begin with http:// or https://."
        ),
        (#"{"workspaces":[{"slug":"a","url":"http://x","plan":"gold"}]}"#, "has a plan that is none of "),
        (
            #"{\#(open)"workspaces":[{"slug":"a","url":"http://x","keyFile":"/missing"}]}"#,
            "The file /missing cannot be read; it should have the key for the workspace \"a\"."
        ),
        (
            #"{\#(open)"workspaces":[{"slug":"a","url":"http://x","keyEnvironment":"NO_SUCH_KEY"}]}"#,
            "The environment variable NO_SUCH_KEY has no key for the workspace \"a\", or none that can be sent."
        ),
        (#"{"options":{"threads":0},"workspaces":[{"slug":"a","url":"http://x"}]}"#, "greater than zero"),
        ("{}", "Give --upstream URL, or --workspace SLUG=URL at least once, or --config FILE with workspaces."),
    ]

    @Test(arguments: refusals)
    func theServerDoesNotStartWithAMistake(text: String, message: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent("gateway.json"))
        let result = try BuiltProgram(name: "workestra-gateway").run(
            ["serve", "--config", "gateway.json"],
            in: folder.path
        )
        #expect(result.status == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(!(result.output + result.errors).contains("SECRET"))
    }

    @Test func configuredKeysServeThoseWhoBringNoneAndACallersOwnKeyComesFirst() async throws {
        let slugs = SandboxUnderTest.slugs
        var options = GatewayUnderTest.Options()
        options.configuredCredentials = [Credential(key: SandboxUnderTest.ownerKey(slugs[0])), nil, nil]
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            try await sandbox.withGateway(options: options) { gateway async throws in
                let query = "{ workspaces { slug projects(first: 1) { totalCount } } }"
                func totals(_ response: GatewayUnderTest.Response) throws -> [Bool] {
                    try (response.json()["data"]?["workspaces"]?.arrayValue ?? []).map {
                        $0["projects"]?.objectValue != nil
                    }
                }
                let anonymous = try await gateway.query(query)
                #expect(try totals(anonymous).first == true)
                #expect(!anonymous.text.contains("wsk_"))
                let own = try await gateway.query(
                    query,
                    workspaceKeys: [(slug: slugs[1], key: SandboxUnderTest.ownerKey(slugs[1]))]
                )
                #expect(try totals(own).prefix(2) == [true, true])
                let wrong = try await gateway.query(query, key: "nobody's")
                #expect(try totals(wrong).first != true)
            }
        }
    }

    private static let program = BuiltProgram(name: "workestra-gateway")

    @Test(.enabled(if: program.exists)) func theServerRunsAsTheFileSays() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox async throws in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let slugs = SandboxUnderTest.slugs
            try Data(SandboxUnderTest.ownerKey(slugs[0]).utf8).write(to: folder.appendingPathComponent("key.txt"))
            let file: JSONValue = [
                "clients": "anonymous",
                "workspaces": [
                    [
                        "slug": .string(slugs[0]), "url": .string(sandbox.upstream), "keyFile": "key.txt",
                        "plan": "standard",
                    ],
                    ["slug": .string(slugs[1]), "url": .string(sandbox.upstream)],
                ],
                "options": [
                    "listen": "127.0.0.1:0", "schema": .string(RepositoryFile.root + "/schema"),
                    "client-requests-per-minute": 2, "no-introspection": true,
                ],
            ]
            try Data(file.serialized()).write(to: folder.appendingPathComponent("gateway.json"))
            let gateway = try await RunningProgram.start(
                Self.program,
                ["serve", "--config", "gateway.json"],
                in: folder.path
            )
            defer { gateway.kill() }
            let address = try #require(gateway.firstLine.split(separator: " ").last.map(String.init))
            let transport = try CurlTransport()
            func ask(_ query: String) async throws -> (status: Int, json: JSONValue) {
                let request = TransportRequest(
                    method: "POST",
                    url: "\(address)/graphql",
                    headers: [(name: "Content-Type", value: "application/json")],
                    body: JSONValue.object(["query": .string(query)]).serialized(),
                    timeout: .seconds(20)
                )
                let response = try await transport.send([request])[0].get()
                return (response.status, try JSONValue(parsing: response.body))
            }
            let response = try await ask("{ workspaces { slug projects(first: 1) { totalCount } } }").json
            #expect(
                response == ["data": ["workspaces": [["slug": .string(slugs[0]), "projects": ["totalCount": 12]]]]]
            )
            let refused = try await ask("{ __schema { queryType { name } } }")
            #expect(refused.json["errors"]?[0]?["extensions"]?["code"] == "INTROSPECTION_DISABLED")
            #expect(try await ask("{ __typename }").status == 429)
            await transport.shutDown()
        }
    }
}
