import JSON
import Testing

@Suite struct JSONMemberTests {
    @Test func findsKeysOfEveryLength() throws {
        let names = (0...70).map { length in String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        }
        var object = JSONObject()
        for (index, name) in names.enumerated() { object[name] = .integer(index) }
        for document in [
            JSONDocument(.object(object)), try JSONDocument(parsing: JSONValue.object(object).serialized()),
        ] {
            for (index, name) in names.enumerated() {
                let member = document.member(JSONKey(name), of: 0)
                #expect(member.flatMap { document.intValue(of: $0) } == index)
                #expect(document.member(named: name, of: 0) == member)
            }
        }
    }

    @Test func distinguishesKeysThatDifferInOneByte() throws {
        for length in 1...70 {
            let name = [UInt8](repeating: UInt8(ascii: "k"), count: length)
            let document = try JSONDocument(parsing: Array("{\"".utf8) + name + Array("\":1}".utf8))
            #expect(document.member(named: String(decoding: name, as: UTF8.self), of: 0) == 2)
            for place in 0..<length {
                var other = name
                other[place] = UInt8(ascii: "K")
                #expect(document.member(named: String(decoding: other, as: UTF8.self), of: 0) == nil)
            }
        }
    }

    @Test(
        arguments: [
            (#"{"a":1}"#, "a", "1"), (#"{"a":1}"#, "b", nil), (#"{}"#, "a", nil), (#"["a",1]"#, "a", nil),
            (#""a""#, "a", nil),
            (#"{"x":"a","a":2}"#, "a", "2"), (#"{"x":{"a":1}}"#, "a", nil), (#"{"x":{"a":1},"a":2}"#, "a", "2"),
            (#"{"":1}"#, "", "1"), (#"{"\u0061":1}"#, "a", "1"), (#"{"a\"b":1}"#, "a\"b", "1"),
            (#"{"a\\b":1}"#, "a\\b", "1"),
            (#"{"é":1}"#, "é", "1"), ("{\"e\u{301}\":1}", "\u{E9}", nil), (#"{"a":1,"a":2}"#, "a", "2"),
            (#"{"a":1,"\u0061":2}"#, "a", "2"), (#"{"\u0061":2,"a":1}"#, "a", "1"),
            (#"{"a":1,"a":2,"b":3,"a":4,"c":5}"#, "a", "4"),
            (#"{"\ud800":1}"#, "\u{FFFD}", "1"),
        ] as [(String, String, String?)]
    )
    func findsTheLastMemberOfAName(_ text: String, name: String, value: String?) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        var hint = 0
        for _ in 0..<2 {
            let member = document.member(JSONKey(name), of: 0, hint: &hint)
            #expect(member.map { String(decoding: document.rawBytes(of: $0), as: UTF8.self) } == value)
            #expect(document.member(JSONKey(name), of: 0) == member)
        }
    }

    @Test(arguments: -3...20)
    func neverLetsAHintChangeTheResult(_ hint: Int) throws {
        let rows = [
            #"{"id":1,"name":"id"}"#, #"{"name":"id","id":2}"#, #"{"parent":{"id":9},"id":3}"#, #"{"id":8,"id":4}"#,
            #"{"list":["id",1,"id",2],"id":5}"#, #"{"a":{"b":{"id":9}},"\u0069d":6}"#, #"{"name":"none"}"#, "[]", "7",
            #"{"p":{"q":1,"id":9},"r":[{"id":9},{"id":9}],"id":7}"#,
        ]
        let document = try JSONDocument(parsing: Array("[\(rows.joined(separator: ","))]".utf8))
        var ids: [Int?] = []
        for row in document.elements(of: 0) {
            var hint = hint
            ids.append(document.member("id", of: row, hint: &hint).flatMap { document.intValue(of: $0) })
        }
        #expect(ids == [1, 2, 3, 4, 5, 6, nil, nil, nil, 7])
    }

    @Test func findsMembersInObjectsDeeperThanANodeCanRecord() throws {
        let depth = 300
        let opening = String(repeating: #"{"id":1,"a":"#, count: depth)
        let document = try JSONDocument(parsing: Array((opening + "0" + String(repeating: "}", count: depth)).utf8))
        var object = 0
        var hint = 0
        for _ in 1..<depth {
            #expect(document.member("id", of: object, hint: &hint) == object + 2)
            object = try #require(document.member("a", of: object))
        }
        #expect(document.member("a", of: object).flatMap { document.intValue(of: $0) } == 0)
    }

    @Test(arguments: 250...260)
    func isNotMisledByAHintInObjectsDeeperThanANodeCanRecord(_ depth: Int) throws {
        let text =
            String(repeating: "[", count: depth) + #"{"x":{"id":9},"id":1}"# + String(repeating: "]", count: depth)
        let document = try JSONDocument(parsing: Array(text.utf8))
        var hint = 4
        let member = try #require(document.member("id", of: 2 * depth, hint: &hint))
        #expect(document.intValue(of: member) == 1)
    }

    @Test(arguments: 250...260)
    func isNotMisledByAHintInACopyOfSuchObjects(_ depth: Int) throws {
        let text =
            String(repeating: "[", count: depth) + #"{"x":{"id":9},"id":1}"# + String(repeating: "]", count: depth)
        let document = JSONDocument(copying: 2, of: try JSONDocument(parsing: Array(text.utf8)))
        var hint = 4
        let member = try #require(document.member("id", of: 2 * (depth - 1), hint: &hint))
        #expect(document.intValue(of: member) == 1)
    }

    @Test func keepsAHintThatFits() throws {
        let rows = [String](repeating: #"{"id":1,"name":"x"}"#, count: 3).joined(separator: ",")
        let document = try JSONDocument(parsing: Array("[\(rows)]".utf8))
        var hint = 0
        for row in document.elements(of: 0) {
            #expect(document.member("name", of: row, hint: &hint) == row + 3)
            #expect(hint == 3)
        }
    }

    /// A node says at most 255 bytes of a key's length.
    @Test(arguments: [1, 7, 8, 15, 16, 17, 31, 33, 253, 254, 255, 256, 257, 300, 5000])
    func findsMembersWhateverTheLengthOfTheirKeys(_ length: Int) throws {
        let names = ["a", "b"].map { $0 + String(repeating: "x", count: length - 1) }
        let longer = names[0] + "x"
        for gap in [":", " :", ": ", "\n:\t\r\n "] {
            let text = #"{"\#(names[0])"\#(gap)1,"\#(names[1])"\#(gap)[2],"\#(longer)"\#(gap)3}"#
            let document = try JSONDocument(parsing: Array(text.utf8))
            #expect(document.members(of: 0).map { document.name(of: $0.member) } == [names[0], names[1], longer])
            let found = [names[0], names[1], longer].map { document.member(named: $0, of: 0) }
            #expect(found == document.members(of: 0).map { $0.value })
            #expect(document.member(named: String(names[0].dropLast()), of: 0) == nil)
            #expect(!document.node(0).flags.contains(.mayRepeatKeys))
        }
        let twice = #"{"\#(names[0])":1,"\#(names[0])":2}"#
        let document = try JSONDocument(parsing: Array(twice.utf8))
        #expect(document.member(named: names[0], of: 0).flatMap { document.intValue(of: $0) } == 2)
    }

    @Test(arguments: [254, 255, 300])
    func findsLongKeysWithEscapedQuotesInThem(_ length: Int) throws {
        for end in [#"\""#, #"\\"#, #"\\\""#] {
            let key = String(repeating: "x", count: length) + end
            let document = try JSONDocument(parsing: Array(#"{"y":0, "\#(key)" : 1}"#.utf8))
            let member = try #require(Array(document.members(of: 0)).last)
            let name = try #require(document.name(of: member.member))
            #expect(
                name == String(repeating: "x", count: length)
                    + end.replacing("\\\\", with: "\\").replacing("\\\"", with: "\"")
            )
            #expect(document.member(named: name, of: 0) == member.value)
        }
    }

    /// Such a name can only be a key that is escaped.
    @Test func doesNotTakeSeveralMembersForOne() throws {
        let document = try JSONDocument(parsing: Array(#"{"a":"b","c":1}"#.utf8))
        for name in [#"b","c"#, #"a":"b"#, #"":""#, #"":"b","c"#, "\"c", "c\""] {
            #expect(document.member(named: name, of: 0) == nil)
        }
    }

    @Test func findsMembersOfLargeObjects() throws {
        for count in [63, 64, 65, 1000] {
            let members = (0..<count).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
            let document = try JSONDocument(parsing: Array("{\(members),\"k0\":-1}".utf8))
            #expect(document.member("k0", of: 0).flatMap { document.intValue(of: $0) } == -1)
            #expect(document.member(JSONKey("k\(count - 1)"), of: 0).flatMap { document.intValue(of: $0) } == count - 1)
        }
    }

    /// Two elements of an array, and whether they have the same text.
    @Test(arguments: [
        ("1", "1", true), ("1", "2", false), ("1", "1.0", false), ("12345678901", "12345678901", true),
        (#""1""#, "1", false), (#""abcdefghij""#, #""abcdefghij""#, true), (#""abcdefghij""#, #""abcdefghik""#, false),
        ("null", "null", true), (#"{"a":1}"#, #"{"a":1}"#, true), (#"{"a":1}"#, #"{"a": 1}"#, false),
    ])
    func nodesHaveTheSameTextByteByByte(left: String, right: String, same: Bool) throws {
        let document = try JSONDocument(parsing: Array("[\(left),\(right)]".utf8))
        let nodes = document.elements(of: 0).map { document.node($0) }
        let bytes = document.bytes
        #expect(nodes[0].hasSameText(as: nodes[1], in: bytes.span) == same)
    }
}
