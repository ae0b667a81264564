import GraphQL
import Testing

@Suite struct SubtypeTests {
    @Test(arguments: [
        ("Int", "Int", true), ("Int!", "Int", true), ("Int", "Int!", false), ("[Int!]!", "[Int]", true),
        ("[Int]", "[Int!]", false), ("[Int]", "Int", false), ("Int", "[Int]", false), ("A", "I", true),
        ("A", "U", true),
        ("[A!]", "[I]", true), ("J", "I", true), ("B", "I", false), ("I", "A", false), ("B", "U", false),
        ("Int", "Float", false),
    ])
    func typesAreSubtypesOfWhatHoldsAllTheirValues(type: String, supertype: String, isSubtype: Bool) throws {
        let schema = try Schema(
            sdl: Source(
                """
                type Query { a: A b: B c: Float i: I u: U } interface I { a: Int } interface J implements I { a: Int }
                type A implements I { a: Int } type B { a: Int } union U = A
                """
            )
        )
        let references = try [type, supertype].map {
            try #require(schema.typeReference(of: try TypeNode(parsing: Source($0))))
        }
        #expect(schema.isSubtype(references[0], of: references[1]) == isSubtype)
    }
}
