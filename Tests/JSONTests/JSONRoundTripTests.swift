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
        for index in document.valueIndices {
            let text = Array(document.rawBytes(of: index))
            #expect(try JSONValue(parsing: text) == document.value(at: index))
            let part = try JSONDocument(parsing: text)
            #expect(part.nodes.count == document.next(after: index) - index)
        }
    }

    /// Members of a document are copied into another one, which has the same index as if its text had been parsed.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func copiesValuesAsIfTheyWereParsed(_ seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let text = random.text(of: .object(["a\n": random.value(), "b": random.value()]))
        let document = try JSONDocument(parsing: Array(text.utf8))
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        builder.beginObject()
        for member in document.members(of: 0) {
            builder.key(member.member, of: document)
            builder.copy(member.value, of: document)
        }
        builder.endObject()
        builder.copy(0, of: document)
        builder.endArray()
        let built = builder.finish()
        let parsed = try JSONDocument(parsing: built.bytes)
        #expect(built.nodes == parsed.nodes)
        #expect(built.value(at: 0) == .array([document.value(at: 0), document.value(at: 0)]))
        for member in document.members(of: 0) {
            #expect(JSONDocument(copying: member.value, of: document).value(at: 0) == document.value(at: member.value))
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
        for index in parsed.valueIndices {
            for (member, value) in parsed.members(of: index) {
                let name = JSONKey(try #require(parsed.name(of: member)))
                #expect(parsed.member(name, of: index) == value)
                #expect(built.member(name, of: index) == value)
                #expect(parsed.isNamed(member, name))
                #expect(!parsed.isNamed(member, "another"))
            }
        }
    }

    /// The fields of a node that other modules see.
    private struct Shape: Equatable {
        let fields: [Int]

        init(_ node: JSONNode) {
            fields = [Int(node.kind.rawValue), Int(node.flags.rawValue), Int(node.start), Int(node.end)]
        }
    }
}

extension JSONDocument {
    /// The indices of all values, without the second entries of objects and arrays.
    fileprivate var valueIndices: [Int] {
        var (indices, index) = ([Int](), 0)
        while index < nodes.count {
            indices.append(index)
            index += node(index).isContainer ? 2 : 1
        }
        return indices
    }
}
