import GraphQL
import JSON
import Testing

@Suite struct IntrospectionDocumentTests {
    private let schema: Schema
    private let introspection: IntrospectionDocument
    private var json: JSONDocument { introspection.document }

    init() throws {
        schema = try Schema(
            sdl: Source(
                """
                "A shop." schema { query: Query mutation: M }
                type Query implements I { a(x: Int = 1, old: In = {n: 2} @deprecated): [Query!]! gone: E @deprecated(reason: "r") }
                type M implements I { a(x: Int = 1): [Query!]! }
                "i" interface I { a(x: Int): [Query!] }
                union U = M | Query
                enum E { A "b" B @deprecated }
                scalar S @specifiedBy(url: "u")
                input In @oneOf { n: Int m: [[In]] @deprecated }
                directive @d(x: S, y: Int @deprecated) repeatable on FIELD | QUERY
                """
            ),
            preludes: [try Document(parsing: Source("directive @hidden on FIELD_DEFINITION"))]
        )
        introspection = IntrospectionDocument(schema)
    }

    private func type(_ name: String) throws -> Int { try #require(introspection.typeNode(named: name)) }

    /// The value at the end of a path of member names.
    private func node(_ path: String..., from start: Int) throws -> Int {
        try path.reduce(start) { node, name in try #require(json.member(named: name, of: node)) }
    }

    /// A member of every element of a list; nil for null.
    private func each(_ member: String, of list: String, in node: Int) throws -> [JSONValue]? {
        let list = try self.node(list, from: node)
        if json.kind(of: list) == .null { return nil }
        return try json.elements(of: list).map { json.value(at: try self.node(member, from: $0)) }
    }

    /// The type that a link means, with its wrappers.
    private func text(ofType node: Int) throws -> String {
        let kind = json.stringValue(of: try self.node("kind", from: node))
        if let name = json.stringValue(of: try self.node("name", from: node)) { return name }
        let item = try text(ofType: try self.node("ofType", from: node))
        return kind == "LIST" ? "[\(item)]" : "\(item)!"
    }

    @Test func theSchemaListsItsTypesAndDirectivesInOrder() throws {
        let root = introspection.schemaNode
        #expect(json.stringValue(of: try node("description", from: root)) == "A shop.")
        #expect(
            try each("name", of: "types", in: root) == [
                "Query", "Int", "M", "I", "U", "E", "S", "In", "Boolean", "String", "__Schema", "__Type", "__TypeKind",
                "__Field", "__InputValue", "__EnumValue", "__Directive", "__DirectiveLocation",
            ]
        )
        #expect(
            try each("name", of: "directives", in: root) == [
                "d", "include", "skip", "deprecated", "specifiedBy", "oneOf",
            ]
        )
        #expect(try node("queryType", from: root) == (try type("Query")))
        #expect(try node("mutationType", from: root) == (try type("M")))
        #expect(json.kind(of: try node("subscriptionType", from: root)) == .null)
    }

    @Test func everyTypeStandsOnceAndReferencesLeadThere() throws {
        let types = try node("types", from: introspection.schemaNode)
        let nodes = Array(json.elements(of: types))
        #expect(nodes == (try schema.visibleTypes.map { try type(schema[$0].name) }))
        let field = try #require(json.elements(of: try node("fields", from: try type("Query"))).first { _ in true })
        #expect(try text(ofType: try node("type", from: field)) == "[Query!]!")
        #expect(try node("type", "ofType", "ofType", "ofType", from: field) == (try type("Query")))
        let inner = try node("inputFields+", from: try type("In"))
        let shapes = try json.elements(of: inner).map { try text(ofType: try node("type", from: $0)) }
        #expect(shapes == ["Int", "[[In]]"])
    }

    @Test(arguments: [
        ("Query", "fields", ["a"]), ("Query", "fields+", ["a", "gone"]), ("E", "enumValues", ["A"]),
        ("E", "enumValues+", ["A", "B"]), ("In", "inputFields", ["n"]), ("In", "inputFields+", ["n", "m"]),
        ("Query", "interfaces", ["I"]), ("I", "interfaces", []), ("I", "possibleTypes", ["Query", "M"]),
        ("U", "possibleTypes", ["M", "Query"]), ("I", "fields", ["a"]),
        ("Query", "possibleTypes", nil), ("Query", "enumValues", nil), ("Query", "inputFields+", nil),
        ("S", "fields", nil),
        ("S", "fields+", nil), ("S", "interfaces", nil), ("U", "fields", nil), ("U", "interfaces", nil),
        ("E", "inputFields", nil), ("In", "fields", nil), ("In", "interfaces", nil),
    ])
    func listsAreNullWhereTheKindHasNone(type name: String, list: String, names: [String]?) throws {
        #expect(try each("name", of: list, in: try type(name)) == names.map { $0.map { .string($0) } })
    }

    @Test(arguments: [
        ("Query", "OBJECT"), ("I", "INTERFACE"), ("U", "UNION"), ("E", "ENUM"), ("S", "SCALAR"), ("In", "INPUT_OBJECT"),
        ("Int", "SCALAR"), ("__Type", "OBJECT"), ("__TypeKind", "ENUM"),
    ])
    func kindsAreReported(type name: String, kind: String) throws {
        let node = try type(name)
        #expect(json.stringValue(of: try self.node("kind", from: node)) == kind)
        #expect(json.stringValue(of: try self.node("name", from: node)) == name)
        #expect(json.value(at: try self.node("isOneOf", from: node)) == (name == "In" ? true : nil))
        #expect(json.value(at: try self.node("specifiedByURL", from: node)) == (name == "S" ? "u" : nil))
        #expect(json.kind(of: try self.node("ofType", from: node)) == .null)
    }

    @Test func fieldsArgumentsAndValuesAreDescribed() throws {
        let query = try type("Query")
        #expect(try each("isDeprecated", of: "fields+", in: query) == [false, true])
        #expect(try each("deprecationReason", of: "fields+", in: query) == [nil, "r"])
        let field = try #require(json.elements(of: try node("fields", from: query)).first { _ in true })
        #expect(try each("name", of: "args", in: field) == ["x"])
        #expect(try each("name", of: "args+", in: field) == ["x", "old"])
        #expect(try each("defaultValue", of: "args+", in: field) == ["1", "{n: 2}"])
        #expect(try each("description", of: "enumValues+", in: try type("E")) == [nil, "b"])
        #expect(try each("deprecationReason", of: "enumValues+", in: try type("E")) == [nil, "No longer supported"])
        #expect(try each("defaultValue", of: "inputFields+", in: try type("In")) == [nil, nil])
        #expect(json.stringValue(of: try node("description", from: try type("I"))) == "i")
    }

    @Test func directivesAreDescribed() throws {
        let list = try node("directives", from: introspection.schemaNode)
        let directive = try #require(json.elements(of: list).first { _ in true })
        #expect(json.value(at: try node("isRepeatable", from: directive)) == true)
        #expect(json.value(at: try node("locations", from: directive)) == ["FIELD", "QUERY"])
        #expect(try each("name", of: "args", in: directive) == ["x"])
        #expect(try each("name", of: "args+", in: directive) == ["x", "y"])
    }

    @Test(arguments: ["Nope", "Float", "", "hidden", "\u{212A}"])
    func unknownNamesHaveNoNode(name: String) {
        #expect(introspection.typeNode(named: name) == nil)
    }

    @Test func typesAreFoundByTheirExactName() throws {
        let schema = try Schema(sdl: Source("type Query { k: K } type K { a: Int }"))
        let introspection = IntrospectionDocument(schema)
        #expect(introspection.typeNode(named: "K") != nil)
        // The Kelvin sign, which Swift takes for a K.
        #expect(introspection.typeNode(named: "\u{212A}") == nil)
    }
}
