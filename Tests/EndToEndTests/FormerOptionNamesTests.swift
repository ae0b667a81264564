import GatewayTestSupport
import Testing

/// Scripts that use an option's former name go on working.
@Suite struct FormerOptionNamesTests {
    @Test(arguments: [
        (["--maximum-batch=-1"], "cannot be negative"),
        (["--rpc-maximum-batch", "0"], "must be greater than zero"),
        (["--maximum-response-bytes", "0"], "--max-response-bytes must be greater than zero"),
        (
            ["--no-planning", "--no-sharing", "--maximum-body-bytes", "1024", "--maximum-batch=-1"],
            "cannot be negative"
        ),
    ])
    func formerNamesAreAccepted(options: [String], error: String) throws {
        let arguments = ["serve", "--upstream", "http://127.0.0.1:1"] + options
        let result = try BuiltProgram(name: "workestra-gateway").run(arguments, in: RepositoryFile.root)
        #expect(result.status == 2)
        #expect(result.errors.contains(error), "\(result.errors)")
        #expect(!result.errors.contains("Unknown option"))
    }
}
