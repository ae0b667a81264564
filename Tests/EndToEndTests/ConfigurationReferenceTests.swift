import Foundation
import GatewayTestSupport
import Testing

/// The documents of the configuration say what the program's own code says.
@Suite struct ConfigurationReferenceTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    @Test func pageAndExampleAreGeneratedFromTheProgram() throws {
        let result = try BuiltProgram.run(
            "/usr/bin/env",
            ["python3", "scripts/configuration-reference.py", "--check", Self.program.path],
            in: RepositoryFile.root
        )
        #expect(result.status == 0 && result.output + result.errors == "", "\(result)")
    }

    /// The example states the default of each option: nothing is in effect that is not the default.
    @Test func theExampleHasTheDefaults() throws {
        let result = try Self.program.run(
            ["check-config", "--config", "examples/gateway.yaml"],
            in: RepositoryFile.root
        )
        #expect(result.status == 0 && result.errors == "", "\(result)")
        #expect(result.output == "The configuration is valid.\n")
        // Every option that has a default is stated.
        let stated = try RepositoryFile.text("examples/gateway.yaml").split(separator: "\n").filter {
            $0.hasPrefix("  ") && !$0.hasPrefix("  #") && !$0.hasPrefix("  -") && !$0.hasPrefix("    ")
        }
        #expect(stated.count > 30)
    }
}
