import Testing
import Upstream

@testable import Gateway

@Suite struct ConfiguredCredentialsTests {
    @Test func configuredCredentialsAreLookedUpByWorkspace() {
        let key = Credential(key: "a")
        let credentials = ConfiguredCredentials([nil, key])
        #expect((0..<3).map { credentials[$0] } == [nil, key, nil])
        #expect((0..<3).map { credentials.contains($0) } == [false, true, false])
        #expect(!credentials.isEmpty)
        #expect(ConfiguredCredentials([nil]).isEmpty)
        #expect(ConfiguredCredentials().isEmpty)
    }
}
