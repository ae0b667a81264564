import Foundation
import GatewayTestSupport
import Testing

/// `check-config`, and the layers of the configuration.
@Suite struct CheckConfigTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    private let check = ConfigurationCheck(file: "etc/gateway.yaml")

    private static let workspaces = "workspaces:\n  - {slug: main, url: \"http://127.0.0.1:9\"}\n"

    @Test func allMistakesOfFileAndEnvironmentAreReportedTogether() async throws {
        let result = try await check(
            """
            workspaces:
              - {slug: main, url: "http://user:SECRET@127.0.0.1:9"}
            options:
              max-row: 1
              max-depth: none
              timeout: 0
              trusted-documents-only: true

            """,
            environment: ["GATEWAY_MAX_CALLS=many"]
        )
        #expect(result.status == 2 && result.output == "")
        #expect(
            result.errors == """
                Error: etc/gateway.yaml:2:23: A base URL cannot have a user name or password; \
                give the key by "keyFile" or "keyEnvironment".
                Error: etc/gateway.yaml:4:3: options: there is no "max-row". Did you mean "max-rows"?
                Error: etc/gateway.yaml:5:14: options: "max-depth": \
                The value 'none' is invalid for '--max-depth <max-depth>'
                Error: etc/gateway.yaml:6:12: options: "timeout": --timeout must be greater than zero.
                Error: etc/gateway.yaml:7:27: options: "trusted-documents-only": \
                --trusted-documents-only needs --trusted-documents FILE.
                Error: environment variable GATEWAY_MAX_CALLS: \
                The value 'many' is invalid for '--max-calls <max-calls>'

                """
        )
    }

    private static let client = "{name: a, tokens: [\"sha256:\(String(repeating: "0", count: 64))\"], lane: gold}"

    @Test func namesAndFilesAreCheckedDespiteOtherMistakes() async throws {
        let result = try await check(
            """
            workspaces:
              - {slug: main, url: "http://127.0.0.1:9", caFile: absent.pem, keyFile: absent.key, cafile: x}
            clients: [\(Self.client)]
            options: {max-depth: none, trusted-documents: absent.json}

            """
        )
        #expect(result.status == 2 && result.output == "")
        let location = "etc/gateway.yaml"
        #expect(
            result.errors == """
                Error: \(location):2:86: workspaces[0]: there is no "cafile". Did you mean "caFile" or "keyFile"?
                Error: \(location):4:22: options: "max-depth": The value 'none' is invalid for '--max-depth <max-depth>'
                Error: \(location):2:74: The file etc/absent.key cannot be read; it should have the key for the workspace "main".
                Error: \(location):2:53: TLS: cannot read etc/absent.pem.
                Error: \(location):4:47: options: "trusted-documents": The file etc/absent.json cannot be read.
                Error: \(location):3:112: The client "a" names the lane "gold", which is none of people, scripts, agents.

                """
        )
    }

    @Test(
        arguments: [
            // The option that describes the lane, or names the documents, is not as it is meant to be.
            ("{lane: [gold share=200]}", "4:18: options: \"lane\": The lane \"gold\": \"share\""),
            ("{lanes: [gold share=2]}", "4:11: options: there is no \"lanes\"."),
            ("{trusted-document: x.json, schema: absent}", "4:11: options: there is no \"trusted-document\"."),
        ]
    ) func oneMistakeCausesNoFollowUpMistakes(options: String, message: String) async throws {
        let client = Self.client.dropLast() + ", operations: [x]}"
        let lanes = message.contains("lane") ? "gold" : "people"
        let result = try await check(
            """
            workspaces:
              - {slug: main, url: "http://127.0.0.1:9"}
            clients: [\(client.replacingOccurrences(of: "gold", with: lanes))]
            options: \(options)

            """
        )
        let errors = result.errors.split(separator: "\n")
        #expect(result.status == 2 && errors.first?.hasPrefix("Error: etc/gateway.yaml:\(message)") == true)
        #expect(!errors.dropFirst().contains { $0.contains("gold") || $0.contains("schema") }, "\(result.errors)")
    }

    @Test func theCommandLineOverridesTheEnvironmentWhichOverridesTheFile() async throws {
        let file =
            Self.workspaces + """
                options:
                  max-rows: 1
                  max-depth: 2
                  max-calls: 3
                  no-cache: true
                  cors-origin: [http://a, http://b]

                """
        let environment = ["GATEWAY_MAX_DEPTH=20", "GATEWAY_MAX_CALLS=30", "GATEWAY_NO_CACHE=false"]
        let result = try await check(
            file,
            ["--max-calls", "300"],
            environment: environment + ["GATEWAY_CORS_ORIGIN=http://c,http://d", "GATEWAY_TIMEOUT="]
        )
        #expect(
            result.output == """
                max-rows: 1  (etc/gateway.yaml:4:13)
                max-depth: 20  (environment variable GATEWAY_MAX_DEPTH)
                cors-origin: http://c  (environment variable GATEWAY_CORS_ORIGIN)
                cors-origin: http://d  (environment variable GATEWAY_CORS_ORIGIN)
                The configuration is valid.

                """
        )
        #expect(result.status == 0 && result.errors == "")
    }

    @Test func anUnknownVariableIsAWarningUnlessItIsOneOfKubernetes() async throws {
        let result = try await check(
            Self.workspaces,
            environment: ["GATEWAY_MAX_ROW=1", "GATEWAY_PORT=tcp://10.0.0.1:80", "GATEWAY_SERVICE_HOST=10.0.0.1"]
        )
        #expect(result.status == 0)
        #expect(
            result.errors.hasPrefix("warning: the environment variable GATEWAY_MAX_ROW sets no option. Did you mean")
        )
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    static let greatestNumbers: [(option: String, most: Int)] = [
        ("idempotency-hours", 8760), ("timeout", 31_536_000), ("upstream-timeout", 31_536_000),
        ("drain-delay", 31_536_000), ("drain-timeout", 31_536_000), ("rpc-idle-timeout", 31_536_000),
        ("idempotency-megabytes", 1_048_576), ("cache-megabytes", 1_048_576), ("request-megabytes", 1_048_576),
        ("unread-response-megabytes", 1_048_576), ("persisted-query-megabytes", 1_048_576),
        ("max-body-bytes", 1_099_511_627_776), ("max-response-bytes", 1_099_511_627_776),
        ("max-rows", 2_147_483_648), ("threads", 1024),
    ]

    @Test func numbersThatWouldOverflowAreRefused() async throws {
        let options = { (number: (Int) -> Int) in
            "options:\n" + Self.greatestNumbers.map { "  \($0.option): \(number($0.most))\n" }.joined()
        }
        let greatest = try await check(Self.workspaces + options { $0 })
        #expect(greatest.status == 0 && greatest.errors == "")
        for excess in [options { $0 + 1 }, options { _ in .max }] {
            let result = try await check(Self.workspaces + excess)
            #expect(result.status == 2)
            for (index, (option, most)) in Self.greatestNumbers.enumerated() {
                let place = "etc/gateway.yaml:\(index + 4):\("  \(option): ".utf8.count + 1)"
                #expect(result.errors.contains("\(place): options: \"\(option)\": --\(option) is \(most) at most.\n"))
            }
            #expect(result.errors.split(separator: "\n").count == Self.greatestNumbers.count)
        }
    }

    @Test func pathsOfTheFileAreRelativeToIt() async throws {
        let file =
            "clients: anonymous\nworkspaces: [{slug: a, url: \"http://x\", keyFile: key}]\n"
            + "options: {trusted-documents: documents.json}\n"
        let files = ["etc/key": "k\n", "etc/documents.json": "{\"a\": \"{ __typename }\"}"]
        let result = try await check(file, files: files)
        #expect(result.errors == "")
        #expect(
            result.output == """
                trusted-documents: etc/documents.json  (etc/gateway.yaml:3:30)
                The configuration is valid.

                """
        )
        let elsewhere = try await check(file, files: ["key": "k", "documents.json": "{}"])
        #expect(
            elsewhere.errors == """
                Error: etc/gateway.yaml:2:50: The file etc/key cannot be read; it should have the key for the workspace "a".
                Error: etc/gateway.yaml:3:30: options: "trusted-documents": The file etc/documents.json cannot be read.

                """
        )
    }

    @Test(
        arguments: [
            "static", "explorer-files", "schema", "trusted-documents", "mcp-operations", "rpc-socket", "rpc-key-file",
            "tls-certificate", "tls-key", "tls-client-ca",
        ]
    )
    func anEmptyPathIsNotTheFolderOfTheFile(option: String) async throws {
        let result = try await check(Self.workspaces + "options:\n  \(option): \"\"\n")
        #expect(result.status == 2 && result.output == "")
        let column = "  \(option): ".utf8.count + 1
        #expect(
            result.errors == """
                Error: etc/gateway.yaml:4:\(column): options: "\(option)" must be a path that is not empty.

                """
        )
    }

    @Test func aFileOfAnIssuerMustHaveKeys() async throws {
        let file =
            Self.workspaces + """
                jwt:
                  issuer: https://login.example
                  audience: gateway
                  keysFile: jwks.json
                clients: [{name: all, subject: "*"}]
                options: {public-url: "https://gateway.example"}

                """
        for files in [[:], ["etc/jwks.json": #"{"keys":[]}"#], ["etc/jwks.json": "no"]] {
            let result = try await check(file, files: files)
            #expect(result.status == 2 && result.output == "")
            #expect(
                result.errors == """
                    Error: etc/gateway.yaml:6:13: The file etc/jwks.json has no keys by which tokens can be verified.

                    """
            )
        }
    }

    /// What options name is wrong where they are set.
    @Test func filesThatOptionsNameAreReportedAtTheirLines() async throws {
        let file =
            Self.workspaces + """
                options:
                  trusted-documents: documents.json
                  mcp-operations: tools
                  rpc-key-file: nothing
                  rpc-listen: 127.0.0.1:0

                """
        let result = try await check(
            file,
            environment: ["GATEWAY_STATIC=pages"],
            files: ["etc/documents.json": #"{"a":"{ nothing }"}"#, "etc/tools": "query T { nothing }"]
        )
        #expect(result.status == 2 && result.output == "")
        let unknown = #"Cannot query field "nothing" on type "Query""#
        let errors = result.errors.split(separator: "\n").map { String($0) }
        #expect(errors.count == 4, "\(errors)")
        let starts = [
            "Error: etc/gateway.yaml:4:22: options: \"trusted-documents\": etc/documents.json: document \"a\": \(unknown)",
            "Error: etc/gateway.yaml:5:19: options: \"mcp-operations\": etc/tools: \(unknown)",
            "Error: etc/gateway.yaml:6:17: options: \"rpc-key-file\": The file etc/nothing cannot be read.",
            "Error: environment variable GATEWAY_STATIC: There is no folder at pages.",
        ]
        for start in starts { #expect(errors.contains { $0.hasPrefix(start) }, "\(start): \(errors)") }
    }

    @Test func filesOfTLSAndFoldersOfPagesAreOpened() async throws {
        let file =
            Self.workspaces
            + "options: {tls-listen: 127.0.0.1:0, tls-certificate: a.pem, tls-key: a.key, static: pages, max-rows: 0}\n"
        let absent = try await check(file.replacing(", max-rows: 0", with: ""))
        #expect(absent.status == 2 && absent.output == "")
        #expect(
            absent.errors == """
                Error: etc/gateway.yaml:3:53: options: "tls-certificate": TLS: cannot read etc/a.pem.
                Error: etc/gateway.yaml:3:69: options: "tls-key": TLS: cannot read etc/a.key.
                Error: etc/gateway.yaml:3:84: options: "static": There is no folder at etc/pages.

                """
        )
        let text = ["etc/a.pem": "no certificate", "etc/a.key": "no key", "etc/pages": "no folder"]
        let unusable = try await check(file.replacing(", max-rows: 0", with: ""), files: text)
        #expect(unusable.status == 2)
        #expect(
            unusable.errors == """
                Error: etc/gateway.yaml:3:53: options: "tls-certificate": \
                TLS: etc/a.pem has no certificate in PEM form that can be used.
                Error: etc/gateway.yaml:3:69: options: "tls-key": \
                TLS: etc/a.key has no private key in PEM form that can be used.
                Error: etc/gateway.yaml:3:84: options: "static": There is no folder at etc/pages.

                """
        )
    }

    /// Kubernetes mounts files as links to those of a folder whose name begins with dots, and replaces that folder as a whole.
    @Test func linkedFilesOfAMountedFolderAreReadOnce() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mounted-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let manager = FileManager.default
        try manager.createDirectory(atPath: "\(folder)/mount/..1", withIntermediateDirectories: true)
        let sdl =
            "schema @upstream { query: Query } type Query { a(id: ID!): A @rest(get: \"/a/{id}\") } type A { id: ID! }"
        try Data(sdl.utf8).write(to: URL(fileURLWithPath: "\(folder)/mount/..1/a.graphql"))
        try manager.createSymbolicLink(atPath: "\(folder)/mount/..data", withDestinationPath: "..1")
        try manager.createSymbolicLink(atPath: "\(folder)/mount/a.graphql", withDestinationPath: "..data/a.graphql")
        try manager.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "mount")
        for path in ["mount", "mount/", "link", "link/"] {
            let arguments = ["check-config", "--schema", path, "--static", path, "--upstream", "http://127.0.0.1:9"]
            let result = try Self.program.run(arguments, in: folder)
            #expect(result.status == 0 && result.errors == "", "\(path): \(result)")
        }
    }

    @Test func byteOrderMarkAndSpacesInListsAreIgnored() async throws {
        let result = try await check(
            "\u{FEFF}" + Self.workspaces,
            environment: [
                "GATEWAY_LISTEN= 127.0.0.1:8080 , [::1]:8080,", "GATEWAY_CORS_ORIGIN=http://a,\thttp://b ",
                "GATEWAY_MAX_ROWS=  ",
                "GATEWAY_NO_CACHE= true",
            ]
        )
        #expect(result.status == 0 && result.errors == "")
        #expect(
            result.output == """
                listen: 127.0.0.1:8080  (environment variable GATEWAY_LISTEN)
                listen: [::1]:8080  (environment variable GATEWAY_LISTEN)
                no-cache: true  (environment variable GATEWAY_NO_CACHE)
                cors-origin: http://a  (environment variable GATEWAY_CORS_ORIGIN)
                cors-origin: http://b  (environment variable GATEWAY_CORS_ORIGIN)
                The configuration is valid.

                """
        )
    }

    @Test(arguments: ["GATEWAY_UPSTREAM=http://127.0.0.1:9", "GATEWAY_WORKSPACE=a=http://127.0.0.1:9"])
    func workspacesAreNamedInOnePlace(variable: String) async throws {
        let result = try await check(Self.workspaces, environment: [variable])
        #expect(result.status == 2 && result.output == "")
        #expect(
            result.errors
                == "Error: Workspaces are named in one place: by --upstream, by --workspace, or in the file of --config.\n"
        )
    }

    @Test(arguments: [["--config", "etc/gateway.yaml"], ["--config=etc/other.yaml"]])
    func aSecondFileIsRefused(arguments: [String]) async throws {
        let result = try await check(Self.workspaces, arguments)
        #expect(result.status == 2 && result.output == "")
        #expect(
            result.errors
                == "Error: --config can be given once: there is one file, and none of several would be merged.\n"
        )
    }

    @Test func rpcKeyFileIsRefusedOnAddressesOfOtherMachines() async throws {
        func result(_ listen: String, _ more: [String] = [], _ rest: String = "") async throws -> BuiltProgram.Result {
            try await check(
                Self.workspaces + rest,
                ["--rpc-listen", listen, "--rpc-key-file", "key"] + more,
                files: ["key": "k\n"]
            )
        }
        for address in ["0.0.0.0:1", "[::]:1", ":1", "10.0.0.1:1"] {
            let refused = try await result(address)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("would use the key of --rpc-key-file."), "\(refused.errors)")
        }
        let client = "clients: [{name: a, tokens: [\"sha256:\(String(repeating: "0", count: 64))\"]}]\n"
        let accepted = [
            try await result("127.0.0.1:1"), try await result("[::1]:1"),
            try await result("0.0.0.0:1", ["--remote-anonymous"]), try await result("0.0.0.0:1", [], client),
        ]
        #expect(accepted.map(\.status) == [0, 0, 0, 0], "\(accepted.map(\.errors))")
    }

    @Test func aCollectorHasNoPasswordInItsURL() async throws {
        let refused = try await check(
            Self.workspaces + "options: {otlp-endpoint: \"http://user:SECRET@127.0.0.1:4318\"}\n"
        )
        #expect(refused.status == 2)
        #expect(refused.errors.contains("--otlp-endpoint: A base URL cannot have a user name or password"))
        #expect(!(refused.errors + refused.output).contains("SECRET"))
        let accepted = try await check(Self.workspaces + "options: {otlp-endpoint: \"http://127.0.0.1:4318/path\"}\n")
        #expect(accepted.status == 0 && accepted.errors == "")
    }

    @Test func trustedDocumentsMustValidate() async throws {
        let file = Self.workspaces + "options: {trusted-documents: documents.json}\n"
        let manifest = #"{"a": "{ workspaces { slug } }", "b": "{ nothing }", "c": "{"}"#
        let result = try await check(file, files: ["etc/documents.json": manifest])
        #expect(result.status == 2)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 2)
        // The mistake is the manifest's, which the configuration names here.
        let start = "Error: etc/gateway.yaml:3:30: options: \"trusted-documents\": etc/documents.json: document"
        #expect(lines.first?.hasPrefix("\(start) \"b\": Cannot query field \"nothing\"") == true)
        #expect(lines.last?.hasPrefix("\(start) \"c\": Syntax Error: ") == true)
    }
}
