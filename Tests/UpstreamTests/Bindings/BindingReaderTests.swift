import GraphQL
import Testing

@testable import Upstream

/// Mistakes in binding directives are reported with their locations, all of them together.
@Suite struct BindingReaderTests {
    /// A schema and everything that is wrong with it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sdl: String
        let errors: [GraphQLError]

        init(_ testDescription: String, _ sdl: String, _ errors: (message: String, line: Int, column: Int)...) {
            self.testDescription = testDescription
            self.sdl = sdl
            self.errors = errors.map {
                GraphQLError($0.message, locations: [SourceLocation(line: $0.line, column: $0.column)])
            }
        }
    }

    static let valueCases = [
        Case(
            "values of other types than declared",
            """
            schema @cacheControl(maxAge: 30, scope: WORKSPACE) { query: Query }
            type Query {
              a: String @rest(get: 5)
              b: String @cacheControl(maxAge: "x", staleIfError: null) @rest(get: "/b")
              c: String @cacheControl(maxAge: 5.0) @rest(get: "/c")
            }
            """,
            (#"The argument "scope" of @cacheControl needs a value of type "String!"."#, 1, 41),
            (#"The argument "get" of @rest needs a value of type "String"."#, 3, 24),
            (#"The argument "maxAge" of @cacheControl needs a value of type "Int!"."#, 4, 35),
            (#"The argument "staleIfError" of @cacheControl needs a value of type "Int!"."#, 4, 54),
            (#"The argument "maxAge" of @cacheControl needs a value of type "Int!"."#, 5, 35)
        ),
        Case(
            "ages and scopes that make no sense",
            """
            type Query {
              a: String @cacheControl(maxAge: -1, scope: "workspace") @rest(get: "/a")
            }
            """,
            (#"The argument "maxAge" of @cacheControl must not be negative."#, 2, 35),
            (#"The argument "scope" of @cacheControl must be "KEY" or "WORKSPACE"."#, 2, 46)
        ),
    ]

    static let restCases = [
        Case(
            "a template that is not closed",
            """
            type Query {
              a(id: ID!): String @rest(get: "/a/{id")
            }
            """,
            (#"The template "/a/{id" opens a brace that it does not close."#, 2, 22)
        ),
        Case(
            "templates that are no paths",
            """
            type Query {
              a: String @rest(get: "a")
              b: String @rest(get: "https://x.example/b")
              c: String @rest(get: "//x/c")
              d(x: String): String @rest(get: "/d{#x}")
            }
            """,
            (#"The template "a" is no path of the upstream: a path begins with one slash."#, 2, 13),
            (#"The template "https://x.example/b" is no path of the upstream: a path begins with one slash."#, 3, 13),
            (#"The template "//x/c" is no path of the upstream: a path begins with one slash."#, 4, 13),
            (#"The template "/d{#x}" has a fragment, which is no part of a request."#, 5, 24)
        ),
        Case(
            "an entity's list with variables, and a reference to several objects",
            """
            type Query { b: B @rest(get: "/b") }
            type A @entity(get: "/a/{id}", list: "/b/{id}/a") { id: ID! }
            type B @entity(get: "/b/{id}", list: "/b") { id: ID! others: [B!] @reference(key: "other_ids") }
            """,
            (#"`list` of @entity of type "A" is a path without variables, which begins with one slash."#, 2, 8),
            (#"@reference of field "B.others" names one object: its type cannot be a list."#, 3, 67)
        ),
        Case(
            "pages without rows",
            #"schema @upstream(page: "p", perPage: "n", maxPerPage: 0) { query: Query } type Query { a: String @rest(get: "/a") }"#,
            ("`maxPerPage` and `defaultPerPage` of @upstream are at least 1.", 1, 8)
        ),
        Case(
            "no method",
            "type Query { a: String @rest }",
            (#"@rest of field "Query.a" needs exactly one method."#, 1, 24)
        ),
        Case(
            "a method that is null",
            "type Query { a: String @rest(get: null) }",
            (#"@rest of field "Query.a" needs exactly one method."#, 1, 24)
        ),
        Case(
            "two methods",
            #"type Query { a: [String] @rest(get: "/a", list: "/b") }"#,
            (#"@rest of field "Query.a" needs exactly one method."#, 1, 26)
        ),
        Case(
            "variables that are no arguments",
            #"type Query { a(projectId: ID): String @rest(get: "/a{?projectId,project_id,other}") }"#,
            (
                #"The template "/a{?projectId,project_id,other}" of field "Query.a" names "projectId", which is no argument's upstream name."#,
                1, 39
            ),
            (
                #"The template "/a{?projectId,project_id,other}" of field "Query.a" names "other", which is no argument's upstream name."#,
                1, 39
            )
        ),
        Case(
            "a member of a parent in a root field",
            #"type Query { a: String @rest(get: "/a/{parent.id}") }"#,
            (#"The template "/a/{parent.id}" of field "Query.a" names a parent, which root fields do not have."#, 1, 24)
        ),
        Case(
            "pages without a parameter for their size",
            #"schema @upstream(page: "page") { query: Query } type Query { a: String @rest(get: "/a") }"#,
            ("@upstream needs both `page` and `perPage`, or neither.", 1, 8)
        ),
        Case(
            "a size of pages without a parameter for their number",
            #"schema @upstream(perPage: "size") { query: Query } type Query { a: String @rest(get: "/a") }"#,
            ("@upstream needs both `page` and `perPage`, or neither.", 1, 8)
        ),
        Case(
            "a collection for a single object",
            #"type Query { a: A! @rest(list: "/a") } type A { id: ID }"#,
            (#"@rest(list:) of field "Query.a" needs a list or a connection type, not "A!"."#, 1, 20)
        ),
    ]

    static let gatewayCases = [
        Case(
            "a reference in a root field",
            #"type Query { a: A @reference(key: "a_id") } type A @entity(get: "/a/{id}") { id: ID }"#,
            (#"@reference of field "Query.a" names a member of a parent, which root fields do not have."#, 1, 19)
        ),
        Case(
            "rows that belong to a parent that is no entity",
            #"type Query { a: A } type A { id: ID b: [A] @rest(list: "/b{?a_id}", by: "a_id") }"#,
            (#"`by` of field "A.b" needs a parent type with @entity and a variable {a_id} in the template."#, 1, 44)
        ),
        Case(
            "rows that belong by a variable that is not in the template",
            #"type Query { a: A } type A @entity(get: "/a/{id}") { id: ID b: [A] @rest(list: "/b", by: "a_id") }"#,
            (#"`by` of field "A.b" needs a parent type with @entity and a variable {a_id} in the template."#, 1, 68)
        ),
        Case(
            "a view of workspaces that there is not",
            #"type Query { a: A @workspace(view: "NONE") } type A { slug: String }"#,
            (#"@workspace of field "Query.a" has a view that is none of SELF, ALL and BY_SLUG."#, 1, 19)
        ),
        Case(
            "a global name of what is no entity",
            "type Query { a: A } type A { id: ID! @globalID }",
            (#"@globalID of field "A.id" needs an argument, or a parent type with @entity."#, 1, 38)
        ),
    ]

    static let otherCases = [
        Case(
            "an entity whose template has another variable",
            """
            type Query { a: A }
            type A @entity(get: "/a/{id}", key: "slug") { slug: ID }
            """,
            (#"@entity of type "A" needs a template whose only variable is {slug}."#, 2, 8)
        ),
        Case(
            "an entity whose template has no variable",
            #"type Query { a: A } type A @entity(get: "/a") { id: ID }"#,
            (#"@entity of type "A" needs a template whose only variable is {id}."#, 1, 28)
        ),
        Case(
            "an entity whose template is malformed",
            #"type Query { a: A } type A @entity(get: "/a/{}") { id: ID }"#,
            (#"The template "/a/{}" has an expression that names no variable: {}."#, 1, 28)
        ),
        Case(
            "a reference to a type that is no entity",
            #"type Query { a: A @reference(key: "a_id") } type A { id: ID }"#,
            (#"@reference of field "Query.a" needs a type with @entity, which "A" is not."#, 1, 19)
        ),
        Case(
            "a member named by an argument that is not there",
            #"type Query { a(name: String): String @member(namedBy: "key") }"#,
            (#"@member of field "Query.a" needs a non-null argument "key" that names the member."#, 1, 38)
        ),
        Case(
            "a member named by an argument that can be null",
            #"type Query { a(key: String): String @member(namedBy: "key") }"#,
            (#"@member of field "Query.a" needs a non-null argument "key" that names the member."#, 1, 37)
        ),
        Case(
            "entries that are no list",
            "type Query { a: E @entries } type E { key: String value: String }",
            (#"@entries of field "Query.a" needs a list of a type with the fields "key" and "value"."#, 1, 19)
        ),
        Case(
            "entries without a value",
            "type Query { a: [E] @entries } type E { key: String }",
            (#"@entries of field "Query.a" needs a list of a type with the fields "key" and "value"."#, 1, 21)
        ),
        Case(
            "an object in a URL, and a list of lists",
            """
            type Query {
              a(filter: F): [B!] @rest(list: "/a{?filter}")
              b(ids: [F!]!): B @rest(get: "/b{?ids}")
              c: [[B!]!]! @rest(list: "/c")
            }
            input F { x: Int }
            type B { id: ID }
            """,
            (
                #"The template "/a{?filter}" of field "Query.a" names "filter", an argument of the input type "F": "#
                    + "an object has no place in a URL; give each of its fields an argument of its own.", 2, 22
            ),
            (
                #"The template "/b{?ids}" of field "Query.b" names "ids", an argument of the input type "F": "#
                    + "an object has no place in a URL; give each of its fields an argument of its own.", 3, 20
            ),
            (
                #"@rest(list:) of field "Query.c" shows one list of rows, and its type "[[B!]!]!" is a list of lists: "#
                    + #"use "[B]"."#, 4, 15
            )
        ),
        Case(
            "what was written, of a field that writes nothing",
            """
            type Query { a: P @rest(get: "/a") }
            type Mutation { b: P @rest(post: "/b") c: Q @rest(post: "/c") }
            type P { id: ID @written(view: "KEY") }
            type Q { p: P }
            """,
            (
                #"The field "Query.a" writes nothing, and shows "P", whose fields with @written would always be null: "#
                    + "they are for types of fields with @rest(post:), (put:), (patch:) or (delete:).", 1, 14
            ),
            (
                #"The field "Q.p" writes nothing, and shows "P", whose fields with @written would always be null: "#
                    + "they are for types of fields with @rest(post:), (put:), (patch:) or (delete:).", 4, 10
            )
        ),
        Case(
            "two sources of one field",
            #"type Query { a: String @json(name: "b") @rest(get: "/a") }"#,
            (#"The field "Query.a" has two directives that say where its value comes from; use only one."#, 1, 24)
        ),
        Case(
            "several errors",
            """
            type Query {
              a: String @rest
              b: String @rest
            }
            """,
            (#"@rest of field "Query.a" needs exactly one method."#, 2, 13),
            (#"@rest of field "Query.b" needs exactly one method."#, 3, 13)
        ),
    ]

    @Test(arguments: valueCases + restCases + gatewayCases + otherCases)
    func aWrongBindingIsReportedWithItsLocation(wrong: Case) throws {
        #expect(try BoundSchema(wrong.sdl).errors == wrong.errors)
    }

    @Test func locationInASecondFileCountsFromItsStart() throws {
        let source = Source(files: [
            (name: "a.graphql", text: Array("type Query {\n  a: String\n}".utf8)),
            (name: "b.graphql", text: Array("extend type Query {\n  b: String @rest\n}".utf8)),
        ])
        let schema = try Schema(sdl: source, preludes: [BindingDirectives.document])
        #expect(
            BindingTable.read(from: schema).errors == [
                GraphQLError(
                    #"@rest of field "Query.b" needs exactly one method."#,
                    locations: [SourceLocation(line: 2, column: 13, part: 1)]
                )
            ]
        )
    }
}
