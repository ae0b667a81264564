import GatewayTestSupport
import Glibc
import Sandbox
import Testing

/// How workspaces connect, as file, options and environment say.
@Suite(.timeLimit(.minutes(15))) struct UpstreamConnectionSettingsTests {
    private let check = ConfigurationCheck(file: "gateway.yaml")

    private func workspace(_ members: String, url: String = "https://upstream.invalid") -> String {
        "workspaces:\n  - slug: main\n    url: \(url)\n    \(members)\n"
    }

    private static let mistakes: [(members: String, message: String)] = [
        ("caFile: absent.pem", "4:13: TLS: cannot read absent.pem."),
        ("caFile: text.pem", "4:13: TLS: text.pem has no certificate in PEM form that can be used."),
        ("certificateFile: text.pem", "4:22: workspaces[0]: \"certificateFile\" needs \"privateKeyFile\"."),
        ("privateKeyFile: text.pem", "4:21: workspaces[0]: \"privateKeyFile\" needs \"certificateFile\"."),
        (
            "{certificateFile: absent.pem, privateKeyFile: text.pem}",
            "3:48: TLS: cannot read absent.pem.\nError: gateway.yaml:3:76: TLS: text.pem has no private key in PEM form that can be used."
        ),
        ("proxy: http://u:SECRET@p:1", "4:12: workspaces[0]: \"proxy\" must not have a user name or password."),
        (
            "proxy: ftp://p",
            "4:12: workspaces[0]: \"proxy\" must begin with http://, https://, socks5:// or socks5h://."
        ),
        (
            "proxy: http://p:1/x",
            "4:12: workspaces[0]: \"proxy\" must have a host, a port if it is not 1080, and nothing else."
        ),
        ("timeout: 0", "4:14: workspaces[0]: \"timeout\" must be a whole number from 1 to 31536000."),
        ("cafile: a", "4:5: workspaces[0]: there is no \"cafile\". Did you mean \"caFile\" or \"keyFile\"?"),
    ]

    @Test(arguments: mistakes) func mistakesAreReportedAtTheirPlaces(members: String, message: String) async throws {
        var text = workspace(members)
        if members.hasPrefix("{") {
            text = "workspaces: # one\n\n  - {slug: a, url: https://x, " + members.dropFirst() + "\n"
        }
        let result = try await check(text, files: ["text.pem": "text"])
        #expect(result.errors.hasPrefix("Error: gateway.yaml:\(message)"), "\(result.errors)")
        #expect(result.status == 2 && !result.errors.contains("SECRET"))
    }

    @Test func optionsAreCheckedAsTheFileIs() async throws {
        let options = "options: {upstream-ca: text.pem}\n"
        let result = try await check(workspace("timeout: 1") + options, files: ["text.pem": "text"])
        let words = "options: \"upstream-ca\": TLS: text.pem has no certificate in PEM form that can be used."
        #expect(result.errors == "Error: gateway.yaml:5:24: \(words)\n")
        let proxy = try await check(workspace("timeout: 1"), environment: ["GATEWAY_UPSTREAM_PROXY=http://u:SECRET@p"])
        #expect(
            proxy.errors == """
                Error: environment variable GATEWAY_UPSTREAM_PROXY: \
                --upstream-proxy must not have a user name or password.

                """
        )
    }

    @Test func proxiesOfTheEnvironmentAreUsedOnlyIfAsked() async throws {
        let server = try await ScriptedServer.start { _ in .http(body: #"{"data":[],"count":0}"#) }
        let proxy = server.baseURL
        let environment = ["http_proxy=\(proxy)", "no_proxy="]
        let text = workspace("timeout: 60", url: "http://upstream.invalid")
        let ignored = try await check(text, ["--probe"], environment: environment)
        #expect(ignored.status == 1 && ignored.output.contains("Wrong host"), "\(ignored)")
        let asked = try await check(text, ["--probe", "--upstream-environment-proxy"], environment: environment)
        #expect(asked.status == 0 && asked.output.hasSuffix("It works.\n"), "\(asked)")
        let own = try await check(workspace("proxy: \(proxy)", url: "http://upstream.invalid"), ["--probe"])
        #expect(own.status == 0 && own.output.hasSuffix("It works.\n"), "\(own)")
        let stated = try await check(text, ["--probe", "--upstream-proxy", proxy])
        #expect(stated.status == 0 && stated.output.hasSuffix("It works.\n"), "\(stated)")
        try await server.shutdown()
    }

    @Test func aWorkspaceHasATimeOfItsOwn() async throws {
        // It accepts connections by its backlog, and never reads.
        let (descriptor, port) = try silentSocket()
        defer { close(descriptor) }
        let text = workspace("timeout: 1", url: "http://127.0.0.1:\(port)")
        let result = try await check(text, ["--probe", "--upstream-timeout", "31536000"])
        #expect(result.status == 1 && result.output.contains("There was no response in time"), "\(result)")
    }

    private func silentSocket() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: an IPv4 socket's address has this form and size.
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe bind(descriptor, general, size) + listen(descriptor, 8) + getsockname(descriptor, general, &size)
            }
        }
        try #require(code == 0)
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}
