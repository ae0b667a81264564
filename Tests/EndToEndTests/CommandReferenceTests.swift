import GatewayTestSupport
import Testing

/// The reference page of the command lines says what the programs' help says.
@Suite struct CommandReferenceTests {
    @Test func theReferencePageIsGeneratedFromTheProgramsHelp() throws {
        let programs = ["workestra-gateway", "workestra-sandbox"].map { BuiltProgram(name: $0) }
        let generated = try BuiltProgram.run(
            "/usr/bin/env",
            ["python3", "scripts/cli-reference.py"] + programs.map(\.path),
            in: RepositoryFile.root
        )
        #expect(generated.status == 0, "\(generated.errors)")
        let page = try RepositoryFile.text("docs/cli.md")
        #expect(
            generated.output == page,
            "docs/cli.md is out of date: scripts/cli-reference.py .build/debug/workestra-{gateway,sandbox} > docs/cli.md"
        )
    }
}
