import JSON
import Testing

@Suite struct JSONValueTests {
    private static let value: JSONValue = [
        "null": nil, "true": true, "integer": 12, "number": -1.5, "string": "é\n", "array": [1, [], [:]],
        "object": ["a": 1],
    ]

    @Test func descriptionIsJSONText() {
        #expect(
            Self.value.description
                == #"{"null":null,"true":true,"integer":12,"number":-1.5,"string":"é\n","array":[1,[],{}],"object":{"a":1}}"#
        )
    }

    @Test func sortsKeysOnRequest() {
        let value: JSONValue = ["b": ["d": 1, "c": [["z": 0, "y": 1]]], "a": 2, "é": 3, "aa": 4, "": 5]
        #expect(
            String(decoding: value.serialized(sortedKeys: true), as: UTF8.self)
                == #"{"":5,"a":2,"aa":4,"b":{"c":[{"y":1,"z":0}],"d":1},"é":3}"#
        )
    }

    @Test func givesAccessToItsParts() {
        let value = Self.value
        #expect(value["null"]?.isNull == true)
        #expect(value["true"]?.boolValue == true)
        #expect(value["integer"]?.intValue == 12)
        #expect(value["number"]?.doubleValue == -1.5)
        #expect(value["number"]?.intValue == nil)
        #expect(value["string"]?.stringValue == "é\n")
        #expect(value["array"]?.arrayValue?.count == 3)
        #expect(value["array"]?[0] == 1)
        #expect(value["array"]?[3] == nil)
        #expect(value["array"]?[-1] == nil)
        #expect(value["object"]?["a"] == 1)
        #expect(value["none"] == nil)
        #expect(value["string"]?["a"] == nil)
        #expect(value["string"]?.isNull == false)
    }

    @Test func equalsValuesOfTheSameTextAndMembers() throws {
        let distinct: [JSONValue] = [
            nil, false, true, 0, 1, .number(try #require(JSONNumber(text: "1.0"))), "", "1", "\u{E9}", "e\u{301}", [],
            [nil],
            [:], ["a": nil], ["a": 1], ["\u{E9}": 1], ["e\u{301}": 1], [1, 2], [2, 1],
        ]
        for left in distinct.indices {
            for right in distinct.indices { #expect((distinct[left] == distinct[right]) == (left == right)) }
        }
        #expect(Set(distinct).count == distinct.count)
        let value: JSONValue = ["a": 1, "b": 2]
        let turned: JSONValue = ["b": 2, "a": 1]
        #expect(value == turned)
        #expect(Set([value, turned]).count == 1)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, "a", 7), (#"{"a":1,"\u0061":2}"#, "a", 7), (#"[{"b":{"c":1,"c":1}}]"#, "c", 13),
        (#"{"":0,"":0}"#, "", 6),
    ])
    func rejectsRepeatedKeysOnRequest(_ text: String, name: String, offset: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text, duplicateKeys: .reject) }
        #expect(error?.code == .duplicateKey)
        #expect(error?.message == "Repeated key “\(name)” at byte \(offset).")
        #expect(try JSONValue(parsing: text, duplicateKeys: .lastWins).isNull == false)
    }

    @Test(arguments: [
        #"{"a":1,"b":2}"#, "{\"\u{E9}\":1,\"e\u{301}\":2}", #"{"a":{"a":{"a":1}}}"#, #"{"\u0061":1,"b":2}"#,
    ])
    func acceptsDifferentKeysWhereRepeatedOnesAreRejected(_ text: String) throws {
        #expect(try JSONValue(parsing: text, duplicateKeys: .reject).isNull == false)
    }

    @Test func isReadFromAnyCollectionOfBytes() throws {
        let bytes = Array("xx[1,2]".utf8)
        #expect(try JSONValue(parsing: bytes.dropFirst(2)) == [1, 2])
        #expect(try JSONValue(parsing: "[1,2]".utf8) == [1, 2])
        #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    }
}
