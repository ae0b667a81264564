import Testing
import Upstream

@testable import Gateway

/// The keys in the header fields of a request.
@Suite struct CallerKeysTests {
    @Test(arguments: [
        ("acme k1", ["acme"], false), (" acme\tk1 , globex  k2 ,", ["acme", "globex"], false), ("", [], false),
        ("acme", [], true), ("acme Bearer k1", [], true), ("acme k1, globex", ["acme"], true),
    ])
    func workspaceKeysAreSlugsWithTheirKeys(field: String, slugs: [String], isMalformed: Bool) {
        let caller = Caller(authorization: nil, workspaceKeys: [field])
        #expect(caller.workspaceSlugs.sorted() == slugs)
        #expect(caller.hasMalformedKeys == isMalformed)
    }

    @Test func soManyKeysAreMalformed() {
        let keys = (0..<1000).map { "w\($0) k" }
        #expect(!Caller(authorization: nil, workspaceKeys: keys).hasMalformedKeys)
        #expect(Caller(authorization: nil, workspaceKeys: keys + ["one k"]).hasMalformedKeys)
        let caller = Caller(authorization: nil, workspaceKeys: [(keys + keys).joined(separator: ",")])
        #expect(caller.hasMalformedKeys)
        #expect(caller.workspaceSlugs.count == 1000)
    }
}
