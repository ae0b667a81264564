import JSON
import Testing

@Suite struct JSONRoundTripTests {
    @Test(arguments: 0..<300 as Range<UInt64>)
    func readsBackWhatItWrites(_ seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let bytes = value.serialized()
        #expect(try JSONValue(parsing: bytes) == value)
        #expect(try JSONValue(parsing: bytes, duplicateKeys: .reject).serialized() == bytes)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func readsTheSameFromAnyWayOfWriting(_ seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let text = random.text(of: value)
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func indexesEveryValueByItsOwnText(_ seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let document = try JSONDocument(parsing: Array(random.text(of: random.value()).utf8))
        for index in document.nodes.indices {
            let text = Array(document.rawBytes(of: index))
            #expect(try JSONValue(parsing: text) == document.value(at: index))
            let part = try JSONDocument(parsing: text)
            #expect(part.nodes.count == Int(document.node(index).next) - index)
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func buildsTheDocumentThatParsingGives(_ seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value()
        let built = JSONDocument(value)
        let parsed = try JSONDocument(parsing: value.serialized())
        #expect(built.bytes == parsed.bytes)
        #expect(built.nodes.map(Shape.init) == parsed.nodes.map(Shape.init))
        for index in parsed.nodes.indices {
            for (key, member) in parsed.members(of: index) {
                let name = JSONKey(parsed.stringValue(of: key) ?? "")
                #expect(parsed.member(name, of: index) == member)
                #expect(built.member(name, of: index) == member)
            }
        }
    }

    /// The fields of a node that other modules see.
    private struct Shape: Equatable {
        let fields: [Int]

        init(_ node: JSONNode) {
            fields = [
                Int(node.kind.rawValue), Int(node.flags.rawValue), Int(node.start), Int(node.end), Int(node.next),
            ]
        }
    }
}
