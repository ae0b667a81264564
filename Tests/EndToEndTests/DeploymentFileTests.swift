import Foundation
import GatewayTestSupport
import Testing

/// The files that deploy the gateway fit what reads them, and each other.
@Suite(.timeLimit(.minutes(15))) struct DeploymentFileTests {
    @Test func fitTheirSchemas() async throws {
        let check = try await BuiltProgram.finish(
            "\(RepositoryFile.root)/scripts/check-deployment.sh",
            [],
            in: RepositoryFile.root
        )
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.output == "the deployment files are valid\n")
    }

    /// What the package depends on is what the image installs.
    @Test func packageAndImageNeedTheSameLibraries() throws {
        let control = try RepositoryFile.text("packaging/control")
        let image = try RepositoryFile.text("Dockerfile")
        let depends = try #require(control.firstMatch(of: /Depends: (.*)/)?.1)
        let packages = depends.split(separator: ", ").map { $0.prefix { $0 != " " } }.filter { $0 != "libc6" }
        let installed = try #require(image.firstMatch(of: /--no-install-recommends (.*) \\/)?.1)
        #expect(Set(packages) == Set(installed.split(separator: " ")))
    }

    /// The image's version in the examples is the program's.
    @Test func examplesNameTheVersion() throws {
        let header = try RepositoryFile.text("Sources/CVersion/version.h")
        let version = try #require(header.firstMatch(of: /GATEWAY_VERSION "(.*)"/)?.1)
        let deployment = try RepositoryFile.text("examples/kubernetes/deployment.yaml")
        #expect(deployment.contains("image: workestra-gateway:\(version)\n"))
    }
}
