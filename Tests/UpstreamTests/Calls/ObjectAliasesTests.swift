import GraphQL
import Testing

@testable import Upstream

/// A write of an object concerns what was read by any path that leads to it.
@Suite struct ObjectAliasesTests {
    private let aliases = ObjectAliases(maximumBytes: 1 << 20)
    private let type = TypeID(index: 1)

    private func paths(_ path: String, type: TypeID? = nil, workspace: Int = 0) -> [String]? {
        aliases.paths(of: path, type: type ?? self.type, workspace: workspace)
    }

    @Test func aPathWithoutAliasesIsItsOwn() {
        #expect(paths("/things/a") == ["/things/a"])
    }

    @Test func everyPathLeadsToAllOthers() {
        for alias in ["/things/A", "/things/%61", "/things/A"] {
            aliases.learn(alias, of: "/things/a", key: "a", type: type, workspace: 0)
        }
        let all = ["/things/a", "/things/A", "/things/%61"]
        for path in all { #expect(paths(path) == all) }
        #expect(aliases.ownKey(of: "/things/A", type: type, workspace: 0) == "a")
        #expect(aliases.ownKey(of: "/things/a", type: type, workspace: 0) == nil)
        #expect(paths("/things/A", workspace: 1) == ["/things/A"])
        #expect(paths("/things/A", type: TypeID(index: 2)) == ["/things/A"])
    }

    @Test func tooManyAliasesMakeAllPathsUnknown() {
        for number in 0..<32 { aliases.learn("/things/\(number)", of: "/things/a", key: "a", type: type, workspace: 0) }
        #expect(paths("/things/a")?.count == 33)
        aliases.learn("/things/32", of: "/things/a", key: "a", type: type, workspace: 0)
        #expect(paths("/things/a") == nil)
        #expect(paths("/things/7") == nil)
        #expect(paths("/things/32") == nil)
        #expect(paths("/things/b") == ["/things/b"])
    }
}
