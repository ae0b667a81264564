import JSON
import Testing

@Suite struct JSONDocumentTests {
    private static let text = #"{"id":7,"tags":["a","b\n"],"none":null,"open":true,"rate":1.5,"nested":{"x":[]}}"#

    @Test func listsItsValuesInPreOrder() throws {
        let document = try JSONDocument(parsing: Array(#" {"a":[1,"x\n"],"b":{}} "#.utf8))
        let nodes = [0, 2, 4, 5, 6].map { index in
            [Int(document.node(index).start), Int(document.node(index).end), document.next(after: index)]
        }
        #expect([0, 2, 4, 5, 6].map { document.kind(of: $0) } == [.object, .array, .integer, .string, .object])
        #expect(nodes == [[1, 23, 8], [6, 15, 6], [7, 8, 5], [9, 14, 6], [20, 22, 8]])
        #expect([0, 2, 4, 5, 6].map { document.node($0).flags } == [[], .member, [], .escaped, .member])
        #expect([0, 2, 4, 5, 6].map { document.name(of: $0) } == [nil, "a", nil, nil, "b"])
        #expect(document.nodes.count == 8)
        #expect(MemoryLayout<JSONNode>.stride == 12)
    }

    @Test func readsValuesOfTheirKindOnly() throws {
        let document = try JSONDocument(parsing: Array(#"[null,false,true,12,1.5,"s",[],{}]"#.utf8))
        let values = Array(document.elements(of: 0))
        #expect(values.map { document.boolValue(of: $0) } == [nil, false, true, nil, nil, nil, nil, nil])
        #expect(values.map { document.intValue(of: $0) } == [nil, nil, nil, 12, nil, nil, nil, nil])
        #expect(values.map { document.doubleValue(of: $0) } == [nil, nil, nil, 12, 1.5, nil, nil, nil])
        #expect(values.map { document.stringValue(of: $0) } == [nil, nil, nil, nil, nil, "s", nil, nil])
        #expect(values.map { document.numberValue(of: $0)?.text } == [nil, nil, nil, "12", "1.5", nil, nil, nil])
    }

    @Test func countsAndWalksChildren() throws {
        let document = try JSONDocument(parsing: Array(Self.text.utf8))
        let tags = try #require(document.member("tags", of: 0))
        #expect(document.count(of: 0) == 6)
        #expect(document.count(of: tags) == 2)
        #expect(document.count(of: 1) == 0)
        #expect(document.elements(of: tags).map { document.stringValue(of: $0) } == ["a", "b\n"])
        #expect(Array(document.elements(of: 0)).isEmpty)
        #expect(Array(document.members(of: tags)).isEmpty)
        #expect(
            document.members(of: 0).map { document.name(of: $0.member) }
                == ["id", "tags", "none", "open", "rate", "nested"]
        )
        #expect(
            document.members(of: 0).map { String(decoding: document.rawBytes(of: $0.value), as: UTF8.self) }
                == ["7", #"["a","b\n"]"#, "null", "true", "1.5", #"{"x":[]}"#]
        )
    }

    @Test func copiesTextAsItStands() throws {
        let document = try JSONDocument(parsing: Array(#"{"a": [ 1.50 , "\u0041" ]}"#.utf8))
        var output = OutputBuffer()
        document.write(try #require(document.member("a", of: 0)), into: &output)
        #expect(output.array() == Array(#"[ 1.50 , "\u0041" ]"#.utf8))
        #expect(document.value(at: 2) == [.number(try #require(JSONNumber(text: "1.50"))), "A"])
    }

    @Test func comparesStringsWithKeys() throws {
        let document = try JSONDocument(parsing: Array(#"["id","\u0069d","ix",1,"a rather long string here"]"#.utf8))
        let values = Array(document.elements(of: 0))
        #expect(values.map { document.isString($0, equalTo: "id") } == [true, true, false, false, false])
        #expect(document.isString(values[4], equalTo: "a rather long string here"))
        #expect(!document.isString(values[4], equalTo: "a rather long string hero"))
    }

    @Test func copiesAValueWithRepeatedKeysToTheLastOfThem() throws {
        let document = try JSONDocument(parsing: Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        #expect(document.value(at: 0) == ["a": 3, "b": 2])
        #expect(document.value(at: 0).description == #"{"a":3,"b":2}"#)
    }
}
