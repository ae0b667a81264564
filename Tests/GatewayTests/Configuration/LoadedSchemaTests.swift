import GraphQL
import Testing

@testable import Gateway

/// An invalid schema is reported with everything that is wrong with it, each in its own file.
@Suite struct LoadedSchemaTests {
    private func description(of files: [(name: String, text: String)]) -> String? {
        do throws(LoadedSchema.Invalid) {
            _ = try LoadedSchema(Source(files: files.map { ($0.name, Array($0.text.utf8)) }))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func aValidSchemaOfSeveralFilesIsLoaded() {
        #expect(
            description(of: [
                ("a.graphql", "type Query { thing(id: ID!): Thing @rest(get: \"/things/{id}\") }"),
                ("b.graphql", "type Thing @entity(get: \"/things/{id}\") { id: ID! }"),
            ]) == nil
        )
    }

    @Test func errorsOfTheTypeSystemAreInTheirFiles() {
        #expect(
            description(of: [
                ("a.graphql", "type Query { a: Missing }"),
                ("b.graphql", "# A comment.\ntype Thing {\n  b: Absent\n}"),
            ]) == """
                a.graphql:1:17: Unknown type "Missing".
                b.graphql:3:6: Unknown type "Absent".
                """
        )
    }

    @Test func methodsThatNoClientCouldCallAreErrors() {
        let schema = """
            type Query {
              a: Int @rest(get: "/a") @rpc(method: "m")
              b: Int @rest(get: "/b") @rpc(method: "m")
              c: Int @rest(get: "/c") @rpc(method: "graphql.execute")
              d: Int @rest(get: "/d") @rpc(method: "rpc.own")
              e: Int @rest(get: "/e") @rpc(method: "")
              h: Int @rest(get: "/h") @rpc(method: "quota.report")
              i: Int @rest(get: "/i") @rpc(method: "auth")
              f(select: String): Thing @rest(get: "/f{?select}") @rpc(method: "f")
              g(select: String): Int @rest(get: "/g{?select}") @rpc(method: "g")
            }
            type Thing { id: ID }
            """
        #expect(
            description(of: [("a.graphql", schema)]) == """
                a.graphql:3:27: Query.b: Query.a has the method "m" already.
                a.graphql:4:27: Query.c: no field can have the method "graphql.execute".
                a.graphql:5:27: Query.d: no field can have the method "rpc.own".
                a.graphql:6:27: Query.e: no field can have the method "".
                a.graphql:7:27: Query.h: no field can have the method "quota.report".
                a.graphql:8:27: Query.i: no field can have the method "auth".
                a.graphql:9:54: Query.f: a method has the parameter "select" for a selection: give the argument another name.
                """
        )
    }

    @Test func methodsAndResourcesWithoutAnEffectAreErrors() {
        let schema = """
            type Query {
              a: G @rest(get: "/a") @rpc(method: "a", unsubscribe: "b")
              b(id: Int!): G @rest(get: "/b/{id}") @resource(uri: "shop://b/{id}")
              c(id: [Float]): G @rest(get: "/c{?id}") @resource(uri: "shop://c/{id}")
              d: G @rest(get: "/d") @resource(uri: 5)
            }
            type Mutation { e: G @rest(post: "/e") @resource(uri: "shop://e") }
            interface I { id: ID @rpc(method: "i") }
            type G implements I {
              id: ID @rpc(method: "g")
              name: String @resource(uri: "shop://g")
            }
            """
        #expect(
            description(of: [("a.graphql", schema)]) == """
                a.graphql:3:40: Query.b: @resource: the value of the argument "id" is text in a URI, which its type "Int!" \
                does not accept: use "ID" or "String".
                a.graphql:4:43: Query.c: @resource: the value of the argument "id" is text in a URI, which its type "[Float]" \
                does not accept: use "ID" or "String".
                a.graphql:5:25: Query.d: @resource: the template must be a string.
                a.graphql:7:40: Mutation.e: @resource: the directive has no effect: only fields of the query type are resources.
                a.graphql:11:16: G.name: @resource: the directive has no effect: only fields of the query type are resources.
                a.graphql:2:25: Query.a: `unsubscribe` of @rpc is for fields of the subscription type.
                a.graphql:8:22: I.id: @rpc has no effect: only fields of the query, mutation and subscription types are methods.
                a.graphql:10:10: G.id: @rpc has no effect: only fields of the query, mutation and subscription types are methods.
                """
        )
    }

    /// A list is a resource as a whole, and a method's name may be one that no tool can have.
    @Test func methodsAndResourcesOfAllTypesAreLoaded() {
        let schema = """
            type Query {
              all(kind: Kind, ids: [ID!]): [Thing!] @rest(list: "/all{?kind,ids}") @rpc(method: "all things")
                @resource(uri: "shop://all/{kind}/{ids}")
              count(page: Int): Int @rest(get: "/count{?page}") @resource(uri: "shop://count{?page}")
            }
            enum Kind { A }
            type Thing { id: ID }
            """
        #expect(description(of: [("a.graphql", schema)]) == nil)
    }

    @Test func theEndOfOneFileIsNotTheStartOfTheNext() {
        #expect(
            description(of: [("a.graphql", "type Query { a: Int @rest(get: \"/a\")"), ("b.graphql", "}")])
                == "a.graphql:1:37: Syntax Error: Expected Name, found <EOF>."
        )
        #expect(
            description(of: [("a.graphql", "type Query { a: Int }"), ("b.graphql", "\n\n  ?")])
                == #"b.graphql:3:3: Syntax Error: Unexpected character: "?"."#
        )
    }

    /// What is unfinished at the end of a file, and where the error is.
    static let unfinished: [(text: String, error: String)] = [
        ("type Thing {\n  b: Int\n", "3:1: Syntax Error: Expected Name, found <EOF>."),
        ("type Thing {\n  b: Int", "2:9: Syntax Error: Expected Name, found <EOF>."),
        ("type Thing { b: ", "1:17: Syntax Error: Expected Name, found <EOF>."),
        ("union Either =", "1:15: Syntax Error: Expected Name, found <EOF>."),
        ("type Thing { b: Int }\n\"Of the next file.\"\n", "3:1: Syntax Error: Unexpected <EOF>."),
        ("\"\"\"Not closed", "1:14: Syntax Error: Unterminated string."),
        ("extend", "1:7: Syntax Error: Unexpected <EOF>."),
    ]

    @Test(arguments: unfinished)
    func unfinishedDefinitionIsReportedInItsFile(text: String, error: String) {
        let query = ("c.graphql", "type Query { thing(id: ID!): Int @rest(get: \"/things/{id}\") }")
        for files in [[("b.graphql", text), query], [("a.graphql", ""), ("b.graphql", text), query]] {
            #expect(description(of: files) == "b.graphql:\(error)")
        }
        #expect(description(of: [query, ("b.graphql", text), ("z.graphql", "")]) == "b.graphql:\(error)")
    }

    @Test func emptySchemaFilesAreAccepted() {
        let query = ("c.graphql", "type Query { a: Int @rest(get: \"/a\") }")
        let files = [("a.graphql", ""), ("b.graphql", "# A comment."), query, ("d.graphql", "\n"), ("e.graphql", "")]
        #expect(description(of: files) == nil)
        #expect(
            description(of: [("a.graphql", ""), ("b.graphql", "# A comment.")])
                == "b.graphql:1:13: Syntax Error: Unexpected <EOF>."
        )
    }

    @Test func errorsOfBindingsAndOfResourcesComeTogether() {
        let text = """
            type Query {
              a(id: ID!): Int @rest(get: "/a/{other}")
              b(id: ID!): Int @rest(get: "/b/{id}") @resource(uri: "shop://b/{key}")
              c(id: ID!): Int @rest(get: "/c/{id}") @resource(uri: "shop://c")
              d(id: ID!): Int @rest(get: "/d/{id}") @resource(uri: "{unclosed")
            }
            """
        let lines = description(of: [("a.graphql", text)])?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 4, "\(lines)")
        #expect(lines.first?.hasPrefix("a.graphql:2:") == true, "\(lines)")
        #expect(
            lines.dropFirst() == [
                #"a.graphql:3:41: Query.b: @resource: the field has no argument "key"."#,
                #"a.graphql:4:41: Query.c: @resource: the path of the template must have the argument "id"."#,
                #"a.graphql:5:41: Query.d: @resource: "{unclosed" is no template such as "shop://books/{id}{?language}"."#,
            ]
        )
    }
}
