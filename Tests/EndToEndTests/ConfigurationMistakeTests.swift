import Foundation
import GatewayTestSupport
import Testing

/// Mistakes of a configuration are reported where they are, once, and without secrets.
@Suite struct ConfigurationMistakeTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    private let check = ConfigurationCheck(file: "etc/gateway.yaml")

    private static let workspaces = "workspaces:\n  - {slug: main, url: \"http://127.0.0.1:9\"}\n"

    private static let secretURLs = [
        "https://127.0.0.1:9/api?token=SECRET", "ftp://user:SECRET@127.0.0.1:9/api?token=SECRET",
    ]

    @Test(arguments: secretURLs)
    func noSecretOfAnUpstreamURLIsPrinted(url: String) async throws {
        var results = [
            try await check("workspaces:\n  - {slug: main, url: \"\(url)\"}\n"),
            try await check("workspaces:\n  - {slug: \"\(url)\", url: \"\(url)\"}\n"),
            try await check(Self.workspaces + "options: {public-url: \"\(url)\"}\n"),
            try await check(Self.workspaces + "options: {otlp-endpoint: \"\(url)\"}\n"),
            try await check(Self.workspaces + "options: {max-rows: \"\(url)\"}\n"),
            try await check("clients: anonymous\n", environment: ["GATEWAY_UPSTREAM=\(url)"]),
            try await check("clients: anonymous\n", environment: ["GATEWAY_WORKSPACE=main=\(url)"]),
        ]
        for arguments in [
            ["check-config", "--upstream", url], ["serve", "--workspace", "main=\(url)"],
            ["check-config", "--workspace", url], ["infer-fields", "--upstream", url],
        ] {
            results.append(try Self.program.run(arguments, in: RepositoryFile.root))
        }
        for result in results {
            #expect(result.status == 2)
            #expect(result.errors.contains("Error: "))
            let printed = result.output + result.errors
            #expect(!printed.contains("SECRET"), "\(printed)")
        }
    }

    private static let exposure = """
        Everybody who reaches 0.0.0.0:8080 would use the configured keys, as the file says "clients: anonymous". \
        Listen on 127.0.0.1, list clients, or state --remote-anonymous if that is meant.
        """

    @Test func anExposedAddressIsReportedWhereItIsSet() async throws {
        let file =
            "clients: anonymous\nworkspaces: [{slug: a, url: \"http://127.0.0.1:9\", keyFile: key}]\noptions: {no-cache: true}\n"
        let files = ["etc/key": "k\n"]
        let one = try await check(file.replacing("no-cache: true", with: "listen: \"0.0.0.0:8080\""), files: files)
        #expect(one.errors == "Error: etc/gateway.yaml:3:19: options: \"listen\": \(Self.exposure)\n")
        let second = "rpc-listen: \"0.0.0.0:8080\", listen: \"127.0.0.1:0\""
        let other = try await check(file.replacing("no-cache: true", with: second), files: files)
        #expect(other.errors == "Error: etc/gateway.yaml:3:23: options: \"rpc-listen\": \(Self.exposure)\n")
        let several = "listen: [\"127.0.0.1:0\", \"0.0.0.0:8080\"]"
        let listed = try await check(file.replacing("no-cache: true", with: several), files: files)
        #expect(listed.errors == "Error: etc/gateway.yaml:3:35: options: \"listen\": \(Self.exposure)\n")
        let variable = try await check(file, environment: ["GATEWAY_LISTEN=0.0.0.0:8080"], files: files)
        #expect(variable.errors == "Error: environment variable GATEWAY_LISTEN: \(Self.exposure)\n")
        let stated = try await check(file, ["--listen", "0.0.0.0:8080"], files: files)
        #expect(stated.errors == "Error: \(Self.exposure)\n")
        for result in [one, other, listed, variable, stated] { #expect(result.status == 2 && result.output == "") }
    }

    @Test func anExposedKeyOfLineSocketsIsReportedWhereItsAddressIsSet() async throws {
        let options = "options: {rpc-key-file: key, rpc-listen: \"0.0.0.0:1\"}\n"
        let result = try await check(Self.workspaces + options, files: ["etc/key": "k\n"])
        let start =
            "Error: etc/gateway.yaml:3:42: options: \"rpc-listen\": Everybody who reaches 0.0.0.0:1 would use the key"
        #expect(result.status == 2 && result.errors.hasPrefix(start), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func anIssuerWithoutAPublicURLIsReportedInTheFile() async throws {
        let issuer = "jwt: {issuer: \"https://i\", audience: g, keysURL: \"https://i/keys\"}\n"
        let result = try await check(Self.workspaces + issuer + "clients: [{name: all, subject: \"*\"}]\n")
        #expect(result.status == 2)
        #expect(
            result.errors == """
                Error: etc/gateway.yaml:3:50: "jwt" needs the option public-url: clients learn from it whom to ask for a token.

                """
        )
    }

    @Test(arguments: ["check-config", "serve"]) func aFileThatIsAbsentIsTheOnlyMistake(command: String) async throws {
        let absent = try Self.program.run([command, "--config", "/absent.yaml"], in: RepositoryFile.root)
        #expect(absent.status == 2 && absent.output == "")
        #expect(absent.errors == "Error: The file /absent.yaml cannot be read.\n")
        let several = try Self.program.run(
            [command, "--config", "/absent.yaml", "--upstream", "http://127.0.0.1:9", "--max-rows", "5"],
            in: RepositoryFile.root
        )
        #expect(several.errors == "Error: The file /absent.yaml cannot be read.\n")
        let variable = try await BuiltProgram.finish(
            "/usr/bin/env",
            ["GATEWAY_CONFIG=/absent.yaml", "GATEWAY_MAX_ROWS=0", Self.program.path, command],
            in: RepositoryFile.root
        )
        #expect(
            variable.errors == """
                Error: The file /absent.yaml cannot be read.
                Error: environment variable GATEWAY_MAX_ROWS: --max-rows must be greater than zero.

                """
        )
    }
}
