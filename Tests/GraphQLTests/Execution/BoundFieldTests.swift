import GraphQL
import JSON
import Testing

/// Fields whose values a resolver gives, for all rows of a list at once.
@Suite struct BoundFieldTests {
    private static let schema = """
        type Query { items: [Item] grid: [[Item!]] one: Item! maybe: Item pets: [Pet] plain: String }
        type Mutation { first: Item second(n: Int): Item third: Item! fourth: Int }
        type Item { id: ID owner: Owner ownerReq: Owner! parts: [Part!] tags: [String] }
        type Part { id: ID item: Item }
        type Owner { id: ID name: String }
        interface Pet { id: ID owner: Owner }
        type Cat implements Pet { id: ID owner: Owner lives: Int }
        type Dog implements Pet { id: ID owner: Owner barks(loud: Boolean = false): String }
        type Fish { id: ID }
        """

    /// The results of the fields in most tests.
    private static let fields: [String: MemoryResolver.Field] = [
        "Query.items": { _, _ in .json(#"[{"id":"1"},null,{"id":"2"},{"id":"3"}]"#) },
        "Query.one": { _, _ in .json(#"{"id":"9","tags":["a",null]}"#) },
        "Query.maybe": { _, _ in .null },
        "Query.grid": { _, _ in .json(#"[[{"id":"1"},null],[{"id":"2"},{"id":"3"}],null,[]]"#) },
        "Query.pets": { _, _ in
            .json(
                #"[{"type":"Dog","id":"d1"},{"type":"Cat","id":"c1","lives":9},{"type":"Fish","id":"f"},{"type":"Dog","id":"d2"},5]"#
            )
        },
        "Item.owner": { id, _ in id == "2" ? .null : .json(#"{"id":"o\#(id)","name":"n\#(id)"}"#) },
        "Item.ownerReq": { id, _ in id == "2" ? .fails("no owner of \(id)") : .json(#"{"id":"o\#(id)"}"#) },
        "Item.parts": { id, _ in id == "3" ? .json("[]") : .json(#"[{"id":"p\#(id)a"},{"id":"p\#(id)b"}]"#) },
        "Part.item": { id, _ in .json(#"{"id":"i-\#(id)"}"#) },
        "Cat.owner": { id, _ in .json(#"{"id":"cat owner \#(id)"}"#) },
        "Dog.owner": { id, _ in .json(#"{"id":"dog owner \#(id)"}"#) },
        "Dog.barks": { id, arguments in .json(#""\#(id) \#(arguments["loud"] ?? .null)""#) },
        "Mutation.first": { _, _ in .json(#"{"id":"m1"}"#) },
        "Mutation.second": { _, arguments in .json(#"{"id":"m2-\#(arguments["n"]?.intValue ?? 0)"}"#) },
        "Mutation.third": { _, _ in .fails("third fails") },
    ]

    private func run(
        _ query: String,
        fields: [String: MemoryResolver.Field] = fields,
        partialFailures: [String: [FieldFailure]] = [:],
        variables: JSONObject = [:],
        root: String = "{}"
    ) async throws -> (response: String, log: [String]) {
        let resolver = MemoryResolver(fields, partialFailures: partialFailures)
        let operation = try ExecutedOperation(
            query,
            schema: Self.schema,
            variables: variables,
            binding: resolver.binding
        )
        return (try await operation.response(with: resolver, root: root), resolver.log)
    }

    @Test func aFieldIsAskedForOnceForAllRows() async throws {
        let (response, log) = try await run("{ items { id owner { name } } plain }", root: #"{"plain":"p"}"#)
        #expect(
            response
                == #"{"data":{"items":[{"id":"1","owner":{"name":"n1"}},null,{"id":"2","owner":null},{"id":"3","owner":{"name":"n3"}}],"plain":"p"}}"#
        )
        #expect(log == ["Query.items(-)", "Item.owner(1,2,3)"])
    }

    @Test func boundFieldsBelowBoundFieldsAreAskedForLevelByLevel() async throws {
        let (response, log) = try await run("{ items { parts { id item { owner { id } } } } }")
        let part = { (id: String) in #"{"id":"\#(id)","item":{"owner":{"id":"oi-\#(id)"}}}"# }
        #expect(
            response
                == #"{"data":{"items":[{"parts":[\#(part("p1a")),\#(part("p1b"))]},null,{"parts":[\#(part("p2a")),\#(part("p2b"))]},{"parts":[]}]}}"#
        )
        #expect(
            log == [
                "Query.items(-)", "Item.parts(1,2,3)", "Part.item(p1a,p1b,p2a,p2b)",
                "Item.owner(i-p1a,i-p1b,i-p2a,i-p2b)",
            ]
        )
    }

    @Test func aFailureBelongsToItsRow() async throws {
        let (response, _) = try await run("{ items { id ownerReq { id } } }")
        #expect(
            response
                == #"{"data":{"items":[{"id":"1","ownerReq":{"id":"o1"}},null,null,{"id":"3","ownerReq":{"id":"o3"}}]},"errors":[{"message":"no owner of 2","locations":[{"line":1,"column":14}],"path":["items",2,"ownerReq"],"extensions":{"code":"C"}}]}"#
        )
    }

    @Test func aListThatIsLeftOutForANullKeepsTheRowsOfTheOthersApart() async throws {
        let (response, _) = try await run("{ grid { id owner { id } } }")
        #expect(
            response
                == #"{"data":{"grid":[null,[{"id":"2","owner":null},{"id":"3","owner":{"id":"o3"}}],null,[]]},"errors":[{"message":"Cannot return null for non-nullable field Query.grid.","locations":[{"line":1,"column":3}],"path":["grid",0,1]}]}"#
        )
    }

    @Test func aListThatIsLeftOutForAFailureKeepsTheRowsOfTheOthersApart() async throws {
        var fields = Self.fields
        fields["Query.grid"] = { _, _ in .json(#"[[{"id":"2"},{"id":"1"},{"id":"4"}],[{"id":"5"},{"id":"6"}]]"#) }
        let (response, _) = try await run("{ grid { ownerReq { id } } }", fields: fields)
        #expect(
            response
                == #"{"data":{"grid":[null,[{"ownerReq":{"id":"o5"}},{"ownerReq":{"id":"o6"}}]]},"errors":[{"message":"no owner of 2","locations":[{"line":1,"column":10}],"path":["grid",0,0,"ownerReq"],"extensions":{"code":"C"}}]}"#
        )
    }

    @Test func rowsOfSeveralTypesAreAskedForTypeByType() async throws {
        let (response, log) = try await run(
            "{ pets { __typename id ... on Cat { lives owner { id } } ... on Dog { owner { id } barks(loud: true) } } }"
        )
        #expect(
            response
                == #"{"data":{"pets":[{"__typename":"Dog","id":"d1","owner":{"id":"dog owner d1"},"barks":"d1 true"},{"__typename":"Cat","id":"c1","lives":9,"owner":{"id":"cat owner c1"}},null,{"__typename":"Dog","id":"d2","owner":{"id":"dog owner d2"},"barks":"d2 true"},null]},"errors":[{"message":"Abstract type \"Pet\" must resolve to an Object type at runtime for field \"Query.pets\", but its member \"type\" is \"Fish\"; possible values are: \"Cat\", \"Dog\".","locations":[{"line":1,"column":3}],"path":["pets",2]},{"message":"Expected an object for field \"Query.pets\".","locations":[{"line":1,"column":3}],"path":["pets",4]}]}"#
        )
        #expect(log.first == "Query.pets(-)")
        #expect(Set(log.dropFirst()) == ["Cat.owner(c1)", "Dog.owner(d1,d2)", "Dog.barks(d1,d2)"])
        #expect(log.count == 4)
    }

    @Test func aPartialErrorIsReportedOncePerField() async throws {
        let failure = FieldFailure("half is missing", extensions: ["code": "HALF"])
        let (response, _) = try await run(
            "{ pets { ... on Cat { owner { id } } } }",
            fields: Self.fields.filter { $0.key != "Query.pets" },
            partialFailures: ["Cat.owner": [failure]],
            root: #"{"pets":[{"type":"Dog"},{"type":"Cat","id":"a"},{"type":"Cat","id":"b"}]}"#
        )
        #expect(
            response
                == #"{"data":{"pets":[{},{"owner":{"id":"cat owner a"}},{"owner":{"id":"cat owner b"}}]},"errors":[{"message":"half is missing","locations":[{"line":1,"column":23}],"path":["pets",1,"owner"],"extensions":{"code":"HALF"}}]}"#
        )
    }

    @Test func nothingIsAskedForBelowNullsOrWhenConditionsDropTheField() async throws {
        let (response, log) = try await run(
            "query($yes: Boolean!) { maybe { owner { id } } one { tags owner @skip(if: $yes) { id } } }",
            variables: ["yes": true]
        )
        #expect(response == #"{"data":{"maybe":null,"one":{"tags":["a",null]}}}"#)
        #expect(log.sorted() == ["Query.maybe(-)", "Query.one(-)"])
    }

    @Test func aNullInANonNullPlaceIsAnError() async throws {
        var fields = Self.fields
        fields["Query.one"] = { _, _ in .null }
        let (response, _) = try await run("{ plain one { id } }", fields: fields)
        #expect(
            response
                == #"{"data":null,"errors":[{"message":"Cannot return null for non-nullable field Query.one.","locations":[{"line":1,"column":9}],"path":["one"]}]}"#
        )
    }

    // MARK: - Mutations

    @Test func rootFieldsOfAMutationAreAskedForOneAfterTheOther() async throws {
        let (response, log) = try await run(
            "mutation($n: Int) { b: second(n: $n) { id owner { id } } first { id } a: second { parts { id } } fourth }",
            variables: ["n": 4],
            root: #"{"fourth":4}"#
        )
        #expect(
            response
                == #"{"data":{"b":{"id":"m2-4","owner":{"id":"om2-4"}},"first":{"id":"m1"},"a":{"parts":[{"id":"pm2-0a"},{"id":"pm2-0b"}]},"fourth":4}}"#
        )
        #expect(
            log == [
                "Mutation.second(-)", "Item.owner(m2-4)", "Mutation.first(-)", "Mutation.second(-)", "Item.parts(m2-0)",
            ]
        )
    }

    @Test func afterAFailureThatLeavesNoDataNoOtherRootFieldBegins() async throws {
        let (response, log) = try await run("mutation { first { id } third { id } second { id } }")
        #expect(
            response
                == #"{"data":null,"errors":[{"message":"third fails","locations":[{"line":1,"column":25}],"path":["third"],"extensions":{"code":"C"}}]}"#
        )
        #expect(log == ["Mutation.first(-)", "Mutation.third(-)"])
    }

    // MARK: - Execution without a resolver

    @Test func resultsMayComeInAnyOrder() throws {
        let resolver = MemoryResolver(Self.fields)
        let operation = try ExecutedOperation(
            "{ items { id } one { id } maybe { id } }",
            schema: Self.schema,
            binding: resolver.binding
        )
        var execution = Execution(plan: operation.plan, variables: operation.variables)
        let requests = execution.ready()
        #expect(requests.map { operation.plan[$0.field].responseKey } == ["items", "one", "maybe"])
        #expect(execution.ready().isEmpty)
        for request in requests.reversed() {
            #expect(!execution.isComplete)
            var resolution = Resolution()
            resolution.documents = [
                try SourceDocument(text: request.field == requests[0].field ? #"[{"id":"a"}]"# : #"{"id":"b"}"#)
            ]
            resolution.values = [.found(document: 0, node: 0)]
            execution.accept(resolution, for: request)
        }
        #expect(execution.isComplete)
        #expect(execution.response == #"{"data":{"items":[{"id":"a"}],"one":{"id":"b"},"maybe":{"id":"b"}}}"#)
    }

    @Test func aValueMayReferToALinkedDocument() throws {
        let operation = try ExecutedOperation(
            "{ items { id owner { name } tags } }",
            schema: Self.schema,
            binding: MemoryBinding(bound: ["Query.items", "Item.owner"])
        )
        var execution = Execution(plan: operation.plan, variables: operation.variables)
        let linked = try SourceDocument(text: #"{"rows":[{"id":"x","tags":["t"]},{"id":"y"}]}"#)
        let rows = Array(linked.json.elements(of: try #require(linked.json.member(named: "rows", of: 0))))
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        // The second row first, then a null, then the first row twice.
        builder.reference(to: rows[1], in: 1)
        builder.null()
        builder.reference(to: rows[0], in: 1)
        builder.reference(to: rows[0], in: 1)
        builder.endArray()
        var resolution = Resolution()
        resolution.documents = [try SourceDocument(text: "{}"), SourceDocument(builder.finish(), linked: [linked])]
        resolution.values = [.found(document: 1, node: 0)]
        let request = try #require(execution.ready().first)
        execution.accept(resolution, for: request)
        let owners = try #require(execution.ready().first)
        #expect(owners.parents.count == 3)
        var found = Resolution()
        found.documents = [try SourceDocument(text: #"[{"name":"one"},{"name":"two"}]"#)]
        let nodes = Array(found.documents[0].json.elements(of: 0))
        found.values = [.found(document: 0, node: nodes[1]), .null, .found(document: 0, node: nodes[0])]
        execution.accept(found, for: owners)
        #expect(execution.isComplete)
        #expect(
            execution.response
                == #"{"data":{"items":[{"id":"y","owner":{"name":"two"},"tags":null},null,{"id":"x","owner":null,"tags":["t"]},{"id":"x","owner":{"name":"one"},"tags":["t"]}]}}"#
        )
    }
}
