import GraphQL
import Testing

/// Rules for schemas that the specification of September 2025 has beyond graphql-js 16.
@Suite struct September2025SchemaTests {
    private static let query = "type Query { a: Int }"

    /// 3.3.1.
    @Test(arguments: [
        ValidationCase(
            "schema { query: Query mutation: Query } type Query { a: Int }",
            .error(
                #"All root types must be different, "Query" type is used as query and mutation root types."#,
                at: (1, 17),
                (1, 33)
            )
        ),
        ValidationCase(
            "schema { query: Q mutation: M subscription: Q } type Q { a: Int } type M { a: Int }",
            .error(
                #"All root types must be different, "Q" type is used as query and subscription root types."#,
                at: (1, 17),
                (1, 45)
            )
        ),
        ValidationCase(
            "schema { query: Q mutation: Q subscription: Q } type Q { a: Int }",
            .error(
                #"All root types must be different, "Q" type is used as query, mutation, and subscription root types."#,
                at: (1, 17),
                (1, 29),
                (1, 45)
            )
        ),
    ])
    func noTypeIsTwoRoots(_ testCase: ValidationCase) { expectSchemaErrors(testCase) }

    /// 3.10, of extensions.
    @Test(arguments: [
        ValidationCase("\(query) input I @oneOf { a: Int } extend input I { b: Int }"),
        ValidationCase(
            "\(query) input I { a: Int } extend input I @oneOf { b: Int }",
            .error(#"Directive "@oneOf" must not be provided by an extension of Input Object type I."#, at: (1, 57))
        ),
        ValidationCase(
            "\(query) input I @oneOf { a: Int } extend input I { b: Int! c: Int = 1 }",
            .error("OneOf input field I.b must be nullable.", at: (1, 69)),
            .error("OneOf input field I.c cannot have a default value.", at: (1, 74))
        ),
        // Fields of an extension are INPUT_FIELD_DEFINITION.
        ValidationCase(
            "directive @d on INPUT_FIELD_DEFINITION \(query) input I { a: Int } extend input I { b: Int @d }"
        ),
        ValidationCase(
            "directive @d on ARGUMENT_DEFINITION \(query) input I { a: Int } extend input I { b: Int @d }",
            .error(#"Directive "@d" may not be used on INPUT_FIELD_DEFINITION."#, at: (1, 102))
        ),
    ])
    func extensionsOfInputObjectsAreChecked(_ testCase: ValidationCase) { expectSchemaErrors(testCase) }

    /// 3.6, of arguments; of input fields knowingly beyond the text.
    @Test(arguments: [
        ValidationCase("type Query { a(status: Int = 1, list: [Int!] = 3, none: Int = null): Int }"),
        ValidationCase("scalar Any type Query { a(any: Any = {b: [1, X]}): Int }"),
        ValidationCase(
            #"type Query { a(status: Int = "one"): Int }"#,
            .error(
                #"Query.a(status:) has invalid default value: Int cannot represent non-integer value: "one""#,
                at: (1, 30)
            )
        ),
        ValidationCase(
            "type Query { a(e: E = Y): Int } enum E { X }",
            .error(
                #"Query.a(e:) has invalid default value: Value "Y" does not exist in "E" enum. Did you mean the enum value "X"?"#,
                at: (1, 23)
            )
        ),
        ValidationCase(
            "type Query { a(n: Int! = null): Int }",
            .error(
                #"Query.a(n:) has invalid default value: Expected value of non-null type "Int!" not to be null."#,
                at: (1, 26)
            )
        ),
        ValidationCase(
            "directive @d(n: Int = 1.5) on FIELD \(query)",
            .error("@d(n:) has invalid default value: Int cannot represent non-integer value: 1.5", at: (1, 23))
        ),
        ValidationCase(
            #"\#(query) input I { n: Int = "x" m: [Int!] = [1, null] o: Int! }"#,
            .error(#"I.n has invalid default value: Int cannot represent non-integer value: "x""#, at: (1, 42)),
            .error(#"I.m has invalid default value: Expected value of type "Int!", found null."#, at: (1, 62))
        ),
    ])
    func rejectsDefaultsOfAnotherType(_ testCase: ValidationCase) { expectSchemaErrors(testCase) }

    /// 3.6, `IsValidImplementation`.
    @Test(arguments: [
        ValidationCase("type Query implements N { a: Int @deprecated } interface N { a: Int @deprecated }"),
        ValidationCase("type Query implements N { a: Int } interface N { a: Int @deprecated }"),
        ValidationCase(
            "type Query implements N { a: Int @deprecated } interface N { a: Int }",
            .error(
                "Interface field N.a is not deprecated, so implementation field Query.a must not be deprecated.",
                at: (1, 34),
                (1, 30)
            )
        ),
    ])
    func aDeprecatedFieldImplementsNoLiveOne(_ testCase: ValidationCase) { expectSchemaErrors(testCase) }

    /// 3.13.3.
    @Test(arguments: [
        ValidationCase("type Query { a: Int @deprecated(reason: \"b\") }"),
        ValidationCase(
            "type Query { a: Int @deprecated(reason: null) }",
            .error(#"Argument "reason" of non-null type "String!" must not be null."#, at: (1, 41))
        ),
    ])
    func theReasonOfADeprecationIsNotNull(_ testCase: ValidationCase) { expectSchemaErrors(testCase) }

    /// A printed schema has the definitions of the prelude, and can be loaded with the prelude again.
    @Test func aSchemaMayRepeatThePreludesDirectives() throws {
        let prelude = try Document(
            parsing: Source(
                #""p" directive @p("q" a: String! = "x" b: [Int!]) repeatable on OBJECT | FIELD_DEFINITION"#
            )
        )
        let schema = try Schema(sdl: Source("type Query @p { a: Int @p(a: \"y\") }"), preludes: [prelude])
        let printed = SchemaPrinter.text(of: schema, style: .bound)
        #expect(printed.contains("directive @p("))
        let again = try Schema(sdl: Source(printed), preludes: [prelude])
        #expect(SchemaPrinter.text(of: again, style: .bound) == printed)
        #expect(SchemaPrinter.text(of: again) == SchemaPrinter.text(of: schema))
        // Another definition under the same name is refused.
        #expect(throws: SchemaErrors.self) {
            try Schema(sdl: Source("directive @p on OBJECT type Query { a: Int }"), preludes: [prelude])
        }
    }
}
