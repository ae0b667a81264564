import JSON
import Testing

@Suite struct JSONLimitsTests {
    @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
    func rejectsDepthBombs(_ opening: String) {
        let bomb = Array(String(repeating: opening, count: 100_000).utf8)
        #expect(failure(of: bomb)?.code == .tooDeep)
    }

    @Test func acceptsTheDepthOfTheLimitAndNoMore() throws {
        for depth in [1, 2, 255, 256, 300] {
            let limits = JSONLimits(maximumDepth: depth)
            let deep = nested(depth)
            #expect(try JSONDocument(parsing: deep, limits: limits).nodes.count == 2 * depth)
            #expect(failure(of: nested(depth + 1), limits: limits)?.code == .tooDeep)
            #expect(failure(of: nested(depth + 1), limits: limits)?.offset == depth)
        }
        #expect(failure(of: nested(512)) == nil)
        #expect(failure(of: nested(513))?.message == "Values are nested deeper than 512 levels at byte 512.")
        #expect(failure(of: [0x31], limits: JSONLimits(maximumDepth: 0)) == nil)
        #expect(failure(of: nested(1), limits: JSONLimits(maximumDepth: 0))?.code == .tooDeep)
    }

    @Test func copiesAndWritesTheDeepestValues() throws {
        let limits = JSONLimits(maximumDepth: .max)
        let value = try JSONValue(parsing: nested(limits.maximumDepth), limits: limits)
        #expect(value.serialized() == nested(limits.maximumDepth))
    }

    @Test func rejectsTextsLongerThanTheLimit() {
        let limits = JSONLimits(maximumBytes: 4)
        #expect(failure(of: Array("1234".utf8), limits: limits) == nil)
        #expect(failure(of: Array("12345".utf8), limits: limits)?.code == .tooLarge)
        #expect(
            failure(of: Array("1    ".utf8), limits: limits)?.message == "The text is longer than 4 bytes at byte 4."
        )
        #expect(throws: JSONError.self) { try JSONValue(parsing: "12345", limits: limits) }
    }

    @Test func boundsTheLimitsThemselves() {
        #expect(
            JSONLimits(maximumDepth: .max, maximumBytes: .max) == JSONLimits(maximumDepth: 1024, maximumBytes: 1 << 31)
        )
        #expect(JSONLimits(maximumDepth: -1, maximumBytes: -1) == JSONLimits(maximumDepth: 0, maximumBytes: 0))
    }

    @Test(.timeLimit(.minutes(15))) func readsManyMembersOfOneObjectQuickly() throws {
        let members = (0..<100_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSONValue(parsing: "{\(members)}", duplicateKeys: .reject)
        #expect(value.objectValue?.count == 100_000)
        #expect(value["key99999"] == 99_999)
    }

    @Test(.timeLimit(.minutes(15))) func readsManyEqualKeysQuickly() throws {
        let members = [String](repeating: "\"key\":[]", count: 100_000).joined(separator: ",")
        #expect(try JSONValue(parsing: "{\(members)}") == ["key": []])
    }

    @Test func readsManySmallObjectsAfterALongString() throws {
        let text =
            "[\"" + String(repeating: "x", count: 10_000) + "\"" + String(repeating: ",{\"a\":1}", count: 5000) + "]"
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(document.nodes.count == 15_003)
        #expect(document.memoryFootprint >= text.utf8.count + 15_003 * 12)
        #expect(document.memoryFootprint < text.utf8.count + 15_003 * 12 + 1024)
    }

    private func nested(_ depth: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    }
}
