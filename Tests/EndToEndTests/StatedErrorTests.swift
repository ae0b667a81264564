import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// A status of success that states an error is an error, with the upstream's text; data with members of the same names is data.
@Suite struct StatedErrorTests {
    /// Queries a gateway for Workestra whose upstream has this one response to every request.
    private func ask(
        _ query: String,
        _ status: Int,
        _ body: String,
        type: String = "application/json"
    ) async throws -> JSONValue {
        let upstream = try await ScriptedServer.start { _ in
            .http(status, headers: [("Content-Type", type)], body: body)
        }
        let schema = Source(try RepositoryFile.schemaText())
        let json = try await GatewayUnderTest.run(schema: schema, upstreams: [("main", upstream.baseURL)]) { gateway in
            try await gateway.query(query, key: "k").json()
        }
        try await upstream.shutdown()
        return json
    }

    private static let queries = [
        #"{ project(id: "p") { id name } }"#, "{ projects { nodes { id } } }",
        #"mutation { createProject(input: { name: "n" }) { project { id } } }"#,
        #"mutation { updateProject(id: "p", input: { name: "n" }) { project { id } } }"#,
        #"mutation { deleteProject(id: "p") { deletedId } }"#,
    ]

    private static let bodies = [
        (#"{"error":"workspace_suspended","message":"The workspace is suspended."}"#, "The workspace is suspended."),
        (#"{"success":false,"message":"Not today."}"#, "Not today."),
        (#"{"success":false,"error":{"code":"quota"},"data":{}}"#, "quota"),
        (#"{"error":{"code":7,"message":"Seats are used up."},"data":{}}"#, "Seats are used up."),
        (#"{"data":[],"count":0,"error":"maintenance"}"#, "maintenance"),
        (#"{"data":null,"error":["first","second"]}"#, "first"),
        (#"{"success":false}"#, "The upstream reports an error with a status of success."),
        (#"{"error":true}"#, "The upstream reports an error with a status of success."),
        (#"{"id":"req_9","error":"suspended"}"#, "suspended"),
    ]

    @Test(arguments: queries, bodies)
    func aStatedErrorIsAnError(query: String, body: (text: String, message: String)) async throws {
        // A new object has whichever key the response says.
        if query.contains("create"), body.text.contains("req_9") { return }
        let json = try await ask(query, 200, body.text)
        #expect(json["data"]?.objectValue?.values.allSatisfy(\.isNull) == true)
        #expect(json["errors"]?.arrayValue?.count == 1)
        #expect(json["errors"]?[0]?["message"] == .string(body.message))
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR")
    }

    @Test(arguments: [
        #"{"id":"p","name":"n","error":"its last build failed","success":false,"message":"m"}"#,
        #"{"data":{"id":"p","name":"n","error":"its last build failed","success":false},"error":null}"#,
        #"{"data":{"id":"p","name":"n"},"error":false,"success":true}"#,
        #"{"data":{"id":"p","name":"n"},"error":"","message":""}"#, #"{"data":{"id":"p","name":"n"},"error":{}}"#,
        #"{"id":"p","name":"n","error":0,"data":[]}"#,
    ])
    func dataWithMembersNamedAsErrorsIsNoError(body: String) async throws {
        let shown: JSONValue = ["id": "p", "name": "n"]
        let read = try await ask(#"{ project(id: "p") { id name } }"#, 200, body)
        #expect(read == ["data": ["project": shown]])
        let update = #"mutation { updateProject(id: "p", input: { name: "n" }) { project { id name } } }"#
        #expect(try await ask(update, 200, body) == ["data": ["updateProject": ["project": shown]]])
    }

    @Test(
        arguments: queries.suffix(3),
        [#"{"job":"j_1","message":"Queued."}"#, #"{"id":"job_1","status":"queued"}"#, ""]
    )
    func anAcceptedWriteHasAnUnknownOutcome(query: String, body: String) async throws {
        let json = try await ask(query, 202, body)
        #expect(json["data"]?.objectValue?.values.allSatisfy(\.isNull) == true)
        let error = try #require(json["errors"]?[0])
        #expect(error["extensions"]?["code"] == "UPSTREAM_OUTCOME_UNKNOWN")
        #expect(error["message"]?.stringValue?.contains("has not carried it out yet") == true)
    }

    /// A proxy's page says nothing of a write's outcome.
    @Test(arguments: queries.suffix(3), ["text/html; charset=utf-8", "Application/XHTML+xml"])
    func aPageInPlaceOfAResponseLeavesTheOutcomeUnknown(query: String, type: String) async throws {
        let json = try await ask(query, 200, "<html><body>Signed out</body></html>", type: type)
        #expect(json["data"]?.objectValue?.values.allSatisfy(\.isNull) == true)
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_OUTCOME_UNKNOWN")
    }

    // MARK: - Types without a key

    private static let schema = Source(
        """
        schema @upstream(items: "data", error: "fault", success: "ok", message: "text") {
          query: Query
          mutation: Mutation
        }
        type Query {
          build: Build @rest(get: "/build")
          any: JSON @rest(get: "/build")
        }
        type Mutation { start: Build @rest(post: "/build") }
        type Build { state: String fault: String }
        scalar JSON
        """
    )

    private func askForBuild(_ query: String, _ body: String) async throws -> JSONValue {
        let upstream = try await ScriptedServer.start { _ in .http(body: body) }
        let json = try await GatewayUnderTest.run(schema: Self.schema, upstreams: [("main", upstream.baseURL)]) {
            try await $0.query(query).json()
        }
        try await upstream.shutdown()
        return json
    }

    @Test func theSchemaSaysWhichMembersStateAnError() async throws {
        let own = #"{"state":"failed","fault":"disk full"}"#
        let shown: JSONValue = ["state": "failed", "fault": "disk full"]
        #expect(try await askForBuild("{ build { state fault } }", own) == ["data": ["build": shown]])
        #expect(try await askForBuild("{ any }", own) == ["data": ["any": shown]])
        #expect(try await askForBuild("mutation { start { state fault } }", own) == ["data": ["start": shown]])
        let other = #"{"error":"e","success":false,"state":"new"}"#
        #expect(try await askForBuild("{ build { state } }", other) == ["data": ["build": ["state": "new"]]])
        for query in ["{ build { state } }", "mutation { start { state } }"] {
            let stated = try await askForBuild(query, #"{"ok":false,"text":"Later."}"#)
            #expect(stated["errors"]?[0]?["message"] == "Later.")
        }
        let wrapped = try await askForBuild("{ any }", #"{"data":null,"fault":"disk full"}"#)
        #expect(wrapped["errors"]?[0]?["message"] == "disk full")
    }
}
