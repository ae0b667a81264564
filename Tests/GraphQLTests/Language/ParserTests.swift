import GraphQL
import Testing

@Suite struct ParserTests {
    @Test func anOperationKeepsItsPartsAndTheirPlaces() throws {
        let text = #""about" query Q("v" $v: [Int!] = 1 @a) @b { x: y(z: $v) }"#
        let operation = try #require(try self.operation(text))
        let variable = try #require(operation.variableDefinitions.first)
        #expect(operation.description?.value == "about")
        #expect(operation.name?.value == "Q")
        #expect(slice(operation.range, of: text) == text)
        #expect(slice(variable.range, of: text) == #""v" $v: [Int!] = 1 @a"#)
        #expect(slice(variable.variable.range, of: text) == "$v")
        #expect(slice(variable.type.range, of: text) == "[Int!]")
        #expect(variable.defaultValue.map { slice($0.range, of: text) } == "1")
        #expect(operation.directives.map { slice($0.range, of: text) } == ["@b"])
        #expect(slice(operation.selectionSet.range, of: text) == "{ x: y(z: $v) }")
    }

    @Test func aFieldKeepsItsPartsAndTheirPlaces() throws {
        let text = #"{ key: name(a: {b: [1]}) @d(e: "f") { id } next }"#
        let operation = try #require(try self.operation(text))
        guard case .field(let field) = operation.selectionSet.selections[0] else {
            Issue.record("The first selection is not a field.")
            return
        }
        #expect(slice(field.range, of: text) == #"key: name(a: {b: [1]}) @d(e: "f") { id }"#)
        #expect(field.responseKey.value == "key")
        #expect(slice(field.name.range, of: text) == "name")
        #expect(field.arguments.map { slice($0.range, of: text) } == ["a: {b: [1]}"])
        #expect(field.directives.map { slice($0.range, of: text) } == [#"@d(e: "f")"#])
        #expect(field.selectionSet.map { slice($0.range, of: text) } == "{ id }")
        #expect(operation.selectionSet.selections.map { slice($0.range, of: text) }.last == "next")
    }

    @Test func keywordsAreNamesWhereNamesAreExpected() throws {
        let text = """
            fragment query on mutation {
              fragment(on: on, type: true, null: null)
              on
              extend: input @query
            }
            """
        #expect(try Document(parsing: Source(text)).text == text)
    }

    @Test func ignoredCharactersSeparateTokens() throws {
        let text = "\u{FEFF}{,,a\t(b\u{FEFF}:1)#c\rd,\r\n...F}# é"
        let expected = "{\n  a(b: 1)\n  d\n  ...F\n}"
        #expect(try Document(parsing: Source(text)).text == expected)
    }

    @Test(arguments: [
        ("type T implements & A & B", ["A", "B"]),
        ("type T implements A & B", ["A", "B"]),
        ("interface T implements A", ["A"]),
        ("type T", []),
    ])
    func interfacesMayBeginWithTheirSeparator(text: String, names: [String]) throws {
        #expect(try type(text)?.members.interfaces.map(\.name.value) == names)
    }

    @Test(arguments: [("union U = | A | B", ["A", "B"]), ("union U = A", ["A"]), ("union U", [])])
    func memberTypesMayBeginWithTheirSeparator(text: String, names: [String]) throws {
        #expect(try type(text)?.members.types.map(\.name.value) == names)
    }

    @Test func descriptionsStandBeforeEverythingThatHasAName() throws {
        let text = """
            "1" type T { "2" a("3" b: Int): Int }
            "4" enum E { "5" A }
            "6" input I { "7" a: Int }
            "8" directive @d("9" a: Int) on FIELD
            "10" schema { query: T }
            "11" fragment F on T { a }
            "12" mutation M("13" $a: Int) { a }
            """
        let document = try Document(parsing: Source(text))
        let printed = document.text
        for number in 1...13 { #expect(printed.contains("\"\(number)\"")) }
        #expect(document.definitions.map { Int($0.range.start) } == starts(ofLinesIn: text))
    }

    @Test func extensionsAreMarkedAsSuch() throws {
        let text = "extend type T @a extend schema @b schema { query: T } scalar S"
        let flags = try Document(parsing: Source(text)).definitions.map { definition in
            switch definition {
            case .type(let node): node.isExtension
            case .schema(let node): node.isExtension
            case .operation, .fragment, .directive: false
            }
        }
        #expect(flags == [true, true, false, false])
    }

    @Test func singleValuesAndTypesAreReadToTheirEnd() throws {
        #expect(try ValueNode(parsing: Source("[$a, {b: 1.5e3}]")).text == "[$a, {b: 1.5e3}]")
        #expect(try TypeNode(parsing: Source("[ [A!] ! ]")).text == "[[A!]!]")
        #expect(throws: SyntaxError("Unexpected variable \"$a\" in constant value.", at: 1)) {
            try ValueNode(parsingConstant: Source("[$a]"))
        }
        #expect(throws: SyntaxError("Expected <EOF>, found Int \"2\".", at: 2)) {
            try ValueNode(parsing: Source("1 2"))
        }
        #expect(throws: SyntaxError("Expected <EOF>, found \"!\".", at: 2)) { try TypeNode(parsing: Source("A!!")) }
    }

    private func operation(_ text: String) throws -> OperationDefinitionNode? {
        guard case .operation(let node)? = try Document(parsing: Source(text)).definitions.first else { return nil }
        return node
    }

    private func type(_ text: String) throws -> TypeDefinitionNode? {
        guard case .type(let node)? = try Document(parsing: Source(text)).definitions.first else { return nil }
        return node
    }

    private func slice(_ range: SourceRange, of text: String) -> String {
        String(decoding: Array(text.utf8)[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }

    private func starts(ofLinesIn text: String) -> [Int] {
        var starts = [0]
        for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        return starts
    }
}
