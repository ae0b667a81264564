import GraphQL
import JSON
import Testing

@Suite struct SchemaBuilderTests {
    private func schema(_ sdl: String, prelude: String? = nil) throws -> Schema {
        let preludes = try prelude.map { [try Document(parsing: Source($0))] } ?? []
        return try Schema(sdl: Source(sdl), preludes: preludes)
    }

    @Test func builtInTypesHaveFixedIdentities() throws {
        let schema = try schema("type Query { a: Int }")
        let names = [
            "String", "Int", "Float", "Boolean", "ID", "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue",
            "__EnumValue", "__Directive", "__DirectiveLocation", "Query",
        ]
        #expect(schema.types.map(\.name) == names)
        #expect(schema.types.map(\.id) == names.indices.map { TypeID(index: $0) })
        #expect(schema[BuiltInTypes.boolean].name == "Boolean")
        #expect(schema[Introspection.directiveLocation].name == "__DirectiveLocation")
        #expect(schema.queryType == TypeID(index: 13))
    }

    @Test func documentTypesKeepTheirOrderAndBuiltInOnesComeWhereTheyAreUsed() throws {
        let schema = try schema("type B { c: C } scalar C union A = Query type Query { b(x: Float): B d: ID }")
        #expect(
            schema.visibleTypes.map { schema[$0].name } == [
                "B", "C", "A", "Query", "Float", "ID", "Boolean", "String", "__Schema", "__Type", "__TypeKind",
                "__Field", "__InputValue", "__EnumValue", "__Directive", "__DirectiveLocation",
            ]
        )
    }

    @Test func builtInScalarsThatNothingRefersToAreNoPartOfTheSchema() throws {
        let schema = try schema("type Query { a: Int }")
        #expect(schema["Int"]?.id == BuiltInTypes.int)
        #expect(schema["String"]?.id == BuiltInTypes.string)
        #expect(schema["Float"] == nil)
        #expect(schema["ID"] == nil)
    }

    @Test func builtInScalarsMayBeDefinedAgain() throws {
        let schema = try schema("scalar ID type Query { a: ID }")
        #expect(schema.types.filter { $0.name == "ID" }.map(\.id) == [BuiltInTypes.id])
        #expect(schema.visibleTypes.first == BuiltInTypes.id)
    }

    @Test func extensionsAreMergedInOrder() throws {
        let schema = try schema(
            """
            extend type Query implements J @e { d(x: Int = 1): Int }
            "q" type Query implements I @d { a: Int }
            interface I { a: Int }
            extend interface J { d(x: Int): Int }
            interface J { a: Int }
            extend type Query { b: U }
            union U = Query
            type Other { a: Int }
            extend union U = Other
            enum E { A }
            extend enum E { B }
            input In { a: Int }
            extend input In { b: Int = 2 }
            directive @d on OBJECT
            directive @e on OBJECT
            """
        )
        let query = try #require(schema["Query"])
        #expect(query.description == "q")
        #expect(query.fields.names == ["a", "d", "b"])
        #expect(query.interfaces.map { schema[$0].name } == ["I", "J"])
        #expect(query.directives.map(\.name.value) == ["d", "e"])
        #expect(query.definitions.map(\.isExtension) == [false, true, true])
        #expect(schema["J"]?.fields.names == ["a", "d"])
        #expect(schema["U"]?.memberTypes.map { schema[$0].name } == ["Query", "Other"])
        #expect(schema["E"]?.values.names == ["A", "B"])
        #expect(schema["In"]?.inputFields.names == ["a", "b"])
    }

    @Test(arguments: [
        ("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }", "Query Mutation Subscription"),
        ("schema { query: Q } type Q { a: Int } type Mutation { a: Int }", "Q - -"),
        ("extend schema { mutation: M } type M { a: Int } type Query { a: Int }", "Query M -"),
        (
            "extend schema { mutation: M } type M { a: Int } type Query { a: Int } type Mutation { a: Int }",
            "Query Mutation -"
        ),
    ])
    func rootTypesComeFromTheSchemaDefinitionOrTheirDefaultNames(sdl: String, roots: String) throws {
        let schema = try schema(sdl)
        let names = OperationType.allCases.map { schema.rootType(of: $0)?.name ?? "-" }
        #expect(names.joined(separator: " ") == roots)
    }

    @Test func specifiedDirectivesAreRead() throws {
        let schema = try schema(
            """
            scalar S @specifiedBy(url: "u")
            input In @oneOf { a: Int }
            type Query { a: Int @deprecated b: Int @deprecated(reason: "r") c: Int d: E }
            enum E { A @deprecated(reason: "e") B }
            """
        )
        #expect(schema["S"]?.specifiedByURL == "u")
        #expect(schema["In"]?.isOneOf == true)
        #expect(schema["Query"]?.fields.map(\.deprecationReason) == ["No longer supported", "r", nil, nil])
        #expect(schema["E"]?.values.map(\.deprecationReason) == ["e", nil])
    }

    @Test func ownDirectivesComeFirstAndMayReplaceBuiltInOnes() throws {
        let schema = try schema("directive @skip(a: Int) on QUERY directive @d on FIELD type Query { a: Int }")
        #expect(schema.directives.names == ["skip", "d", "include", "deprecated", "specifiedBy", "oneOf"])
        #expect(schema.directives["skip"]?.arguments.names == ["a"])
    }

    @Test func preludesAreKnownToTheDocumentAndHiddenFromTheSchema() throws {
        let prelude = "directive @get(url: String!, how: How) on FIELD_DEFINITION enum How { FAST SLOW }"
        let schema = try schema("type Query { a: Int @get(url: \"u\") }", prelude: prelude)
        #expect(schema.preludeDirectives.names == ["get"])
        #expect(schema.directives["get"] == nil)
        #expect(schema["How"] == nil)
        let how = try #require(schema.preludeDirectives["get"]?.arguments["how"])
        #expect(schema.namedType(of: how.type).values.names == ["FAST", "SLOW"])
    }

    @Test(arguments: [
        (
            "type Query { a: Int @get }",
            "Directive \"@get\" argument \"url\" of type \"String!\" is required, but it was not provided."
        ),
        ("type Query @get(url: \"u\") { a: Int }", "Directive \"@get\" may not be used on OBJECT."),
        (
            "type Query { a: Int @get(url: \"u\", urn: 1) }",
            "Unknown argument \"urn\" on directive \"@get\". Did you mean \"url\"?"
        ),
        (
            "directive @get on FIELD type Query { a: Int }",
            "Directive \"@get\" already exists in the schema. It cannot be redefined."
        ),
        ("query { a @get(url: \"u\") } type Query { a: Int }", "Unknown directive \"@get\"."),
    ])
    func preludesAreCheckedWhereTheyAreApplied(sdl: String, message: String) throws {
        let prelude = try Document(parsing: Source("directive @get(url: String!) on FIELD_DEFINITION"))
        let document = try Document(parsing: Source(sdl))
        #expect(validateSDL(document, preludes: [prelude]).map(\.message) == [message])
    }

    @Test func documentsThatExtendASchemaAreCheckedAgainstIt() throws {
        let schema = try schema("type Query { a: Int } enum E { A } directive @d(x: Int!) on OBJECT")
        let document = try Document(
            parsing: Source(
                "schema { query: Query } type E { a: Int } extend type Query @d { a: Int b: E } extend enum E { A }"
                    + " directive @d on FIELD extend type Qery { a: Int }"
            )
        )
        #expect(
            validateSDL(document, extending: schema) == [
                .error("Cannot define a new schema within a schema extension.", at: (1, 1)),
                .error("Type for query already defined in the schema. It cannot be redefined.", at: (1, 10)),
                .error(
                    "Type \"E\" already exists in the schema. It cannot also be defined in this type definition.",
                    at: (1, 30)
                ),
                .error(
                    "Field \"Query.a\" already exists in the schema. It cannot also be defined in this type extension.",
                    at: (1, 66)
                ),
                .error("Directive \"@d\" may not be used on OBJECT.", at: (1, 61)),
                .error(
                    "Enum value \"E.A\" already exists in the schema. It cannot also be defined in this type extension.",
                    at: (1, 96)
                ),
                .error("Cannot extend non-enum type \"E\".", at: (1, 25), (1, 80)),
                .error("Directive \"@d\" already exists in the schema. It cannot be redefined.", at: (1, 111)),
                .error(
                    "Cannot extend type \"Qery\" because it is not defined. Did you mean \"Query\"?",
                    at: (1, 134)
                ),
            ]
        )
    }

    @Test func defaultsAreCoercedOnce() throws {
        let schema = try schema(
            """
            type Query { a(x: In = {n: 3}, l: [Int!] = 1): Int }
            input In { n: Int = 1 m: In2 = {} } input In2 { e: E = B } enum E { A B }
            """
        )
        let arguments = try #require(schema["Query"]?.fields["a"]?.arguments)
        #expect(
            arguments.map { schema.defaultValue(of: $0) } == [
                ["n": 3, "m": ["e": "B"]], [1],
            ]
        )
        #expect(arguments.map { schema.defaultLiteral(of: $0)?.text } == ["{n: 3, m: {e: B}}", "[1]"])
    }

    @Test func referencesToUnknownTypesAreLeftOut() throws {
        let document = try Document(
            parsing: Source(
                "type Query implements Nope { a: Nope b(x: Nope): Int } union U = Nope schema { query: Nope }"
            )
        )
        let schema = SchemaBuilder(document: document).build()
        #expect(schema["Query"]?.fields.names == ["b"])
        #expect(schema["Query"]?.fields["b"]?.arguments.isEmpty == true)
        #expect(schema["Query"]?.interfaces.isEmpty == true)
        #expect(schema["U"]?.memberTypes.isEmpty == true)
        #expect(schema.queryType == nil)
    }

    @Test(arguments: [
        ("type Query {", "Syntax Error: Expected Name, found <EOF>."),
        ("type Query { a: Nope }", "Unknown type \"Nope\"."),
        ("type Query { a: Int @deprecated(reason: 1) }", "Argument \"reason\" has invalid value 1."),
        ("type Query", "Type Query must define one or more fields."),
    ])
    func eachStepReportsItsErrors(sdl: String, message: String) {
        #expect {
            try Schema(sdl: Source(sdl))
        } throws: { error in
            (error as? SchemaErrors)?.errors.map(\.message) == [message]
        }
    }
}
