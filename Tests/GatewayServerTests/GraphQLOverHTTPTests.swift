import GatewayServer
import GatewayTestSupport
import JSON
import Testing
import Upstream

/// What the GraphQL-over-HTTP specification demands of a server, each demand by its name.
///
/// https://graphql.github.io/graphql-over-http/draft/
@Suite struct GraphQLOverHTTPTests {
    static let json = "application/json"
    static let graphQL = "application/graphql-response+json"
    static let typename = #"{"query":"{ __typename }"}"#

    /// A POST and the expected response.
    struct Demand: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var accept: String? = json
        let status: Int
        /// Whether the response has errors, and no data.
        var fails = false
    }

    static let wellFormed = [
        Demand(testDescription: "a string as query", body: typename, status: 200),
        Demand(
            testDescription: "operationName null",
            body: #"{"query":"{ __typename }","operationName":null}"#,
            status: 200
        ),
        Demand(testDescription: "variables null", body: #"{"query":"{ __typename }","variables":null}"#, status: 200),
        Demand(testDescription: "extensions null", body: #"{"query":"{ __typename }","extensions":null}"#, status: 200),
        Demand(
            testDescription: "extensions a map",
            body: #"{"query":"{ __typename }","extensions":{"a":1}}"#,
            status: 200
        ),
        Demand(testDescription: "unknown members", body: #"{"query":"{ __typename }","nonsense":[1]}"#, status: 200),
        Demand(
            testDescription: "an operation by name",
            body: #"{"query":"query A { __typename } query B { b: __typename }","operationName":"A"}"#,
            status: 200
        ),
        Demand(
            testDescription: "variables a map",
            body: #"{"query":"query($n: String!) { __type(name: $n) { name } }","variables":{"n":"Thing"}}"#,
            status: 200
        ),
        Demand(
            testDescription: "text beyond the basic plane",
            body: #"{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}"#,
            status: 200
        ),
    ]

    /// By the specification these are no GraphQL requests: 400 in either media type.
    static let malformed: [Demand] =
        ["", "{", "[]", "1", #""text""#, "null", #"{"notquery":"{ __typename }"}"#, #"{"query":null}"#].map {
            Demand(testDescription: "the body \($0)", body: $0, status: 400, fails: true)
        }
        + ["query", "operationName"].flatMap { name in
            [#"{"obj":"ect"}"#, "0", "false", #"["array"]"#].map { value in
                let body = name == "query" ? "" : #""query":"{ __typename }","#
                return Demand(
                    testDescription: "\(name) \(value)",
                    body: #"{\#(body)"\#(name)":\#(value)}"#,
                    status: 400,
                    fails: true
                )
            }
        }
        + ["variables", "extensions"].flatMap { name in
            [#""string""#, "0", "false", #"["array"]"#].map { value in
                Demand(
                    testDescription: "\(name) \(value)",
                    body: #"{"query":"{ __typename }","\#(name)":\#(value)}"#,
                    status: 400,
                    fails: true
                )
            }
        }

    /// Requests that fail before execution: 400 only where the media type gives the status a meaning.
    static let requestErrors = [
        #"{"query":"{"}"#, #"{"query":"{ nonsense }"}"#, #"{"query":"query A { __typename }","operationName":"B"}"#,
        #"{"query":"query($n: String!) { __type(name: $n) { name } }","variables":{"n":{}}}"#,
        #"{"query":"query($n: String!) { __type(name: $n) { name } }"}"#,
    ]

    static let demands: [Demand] = [json, graphQL].flatMap { accept in
        (wellFormed + malformed).map { demand in
            var demand = demand
            demand.accept = accept
            return demand
        }
            + requestErrors.map {
                Demand(testDescription: $0, body: $0, accept: accept, status: accept == json ? 200 : 400, fails: true)
            }
    }

    @Test func respondsToEveryPostWithTheStatusOfItsMediaType() async throws {
        try await withGateway { gateway async throws in
            for demand in Self.demands {
                let response = try await gateway.post(demand.body, accept: demand.accept)
                let context = Comment(rawValue: "\(demand.testDescription) as \(demand.accept ?? "")")
                #expect(response.status == demand.status, context)
                #expect(response.headers.first("content-type") == "\(demand.accept ?? ""); charset=utf-8", context)
                let json = try response.json()
                #expect((json["errors"] != nil) == demand.fails, context)
                #expect((json["data"] == nil) == demand.fails, context)
            }
        }
    }

    /// A client that takes only streams learns what is wrong with its request, and not that JSON is all there is.
    @Test(arguments: ["text/event-stream", "multipart/mixed", "multipart/mixed;subscriptionSpec=1.0"])
    func malformedRequestsAreRefusedAsSuchWhateverIsAccepted(accept: String) async throws {
        try await withGateway { gateway async throws in
            for body in [#"{"a":1}"#, #"{"query":"#, #"{"query":1}"#, #"{"query":"{__typename}","variables":[]}"#] {
                let headers = [(name: "Content-Type", value: "application/json"), (name: "Accept", value: accept)]
                let response = try await gateway.send("POST", "/graphql", headers: headers, body: Array(body.utf8))
                #expect(response.status == 400, "\(body)")
                #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT", "\(body)")
            }
            let twice = "/graphql?query=%7B__typename%7D&query=x"
            let response = try await gateway.send("GET", twice, headers: [(name: "Accept", value: accept)])
            #expect(response.status == 400)
        }
    }

    /// `Accept` and the media type that it gets; nil: 406.
    static let accepts: [(accept: String, type: String?)] = [
        (json, json), (graphQL, graphQL), ("*/*", json), ("application/*", json),
        ("\(graphQL), \(json)", graphQL), ("\(json), \(graphQL)", json), ("\(graphQL);q=0.5, \(json);q=0.9", json),
        ("\(graphQL), */*;q=0.1", graphQL), ("\(json);q=0, */*", graphQL), ("text/html, */*;q=0.5", json),
        ("\(graphQL); charset=utf-8, \(json); charset=utf-8", graphQL), ("APPLICATION/JSON", json),
        ("\(json); charset=iso-8859-1", nil), ("text/html", nil), ("*/*;q=0", nil), ("nonsense", nil),
        ("image/png, application/xml", nil),
    ]

    @Test func negotiatesTheMediaType() async throws {
        try await withGateway { gateway async throws in
            for (accept, type) in Self.accepts {
                let response = try await gateway.post(Self.typename, accept: accept)
                #expect(response.status == (type == nil ? 406 : 200), "\(accept)")
                #expect(response.mediaType == type ?? Self.json, "\(accept)")
                if type == nil { #expect(response.code == "NOT_ACCEPTABLE") }
            }
        }
    }

    @Test func assumesJSONWhereAcceptIsMissing() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Content-Length: \(Self.typename.utf8.count)\r\n\r\n\(Self.typename)"
            )
            let text = await raw.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\ncontent-type: application/json; charset=utf-8\r\n"))
            #expect(text.hasSuffix(#"{"data":{"__typename":"Query"}}"#))
        }
    }

    static let contentTypes: [(type: String?, status: Int)] = [
        ("application/json", 200), ("application/json; charset=utf-8", 200),
        ("application/json;charset=\"UTF-8\"", 200),
        ("Application/JSON", 200), ("application/json; charset=utf-16", 415), ("application/json; charset=latin1", 415),
        ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 415),
        ("application/graphql", 415), ("json", 415), ("", 415),
    ]

    @Test func takesJSONInUTF8Only() async throws {
        try await withGateway { gateway async throws in
            for (type, status) in Self.contentTypes {
                let response = try await gateway.send(
                    "POST",
                    "/graphql",
                    headers: type.map { [(name: "Content-Type", value: $0)] } ?? [],
                    body: Array(Self.typename.utf8)
                )
                #expect(response.status == status, "\(type ?? "none")")
                if status == 415 { #expect(response.code == "UNSUPPORTED_MEDIA_TYPE") }
            }
        }
    }

    static let gets: [(query: String, status: Int)] = [
        ("query=%7B__typename%7D", 200), ("query={+__typename+}", 200),
        ("query=query+A%7B__typename%7Dquery+B%7Bb:__typename%7D&operationName=A", 200),
        ("query=query(%24n:String!)%7B__type(name:%24n)%7Bname%7D%7D&variables=%7B%22n%22:%22Thing%22%7D", 200),
        ("query=%7B__typename%7D&variables=&operationName=&extensions=null", 200),
        ("query=%7B__typename%7D&x=%zz", 200),
        ("", 400), ("query=", 400), ("query=%7B__typename%7D&query=%7B__typename%7D", 400),
        ("query=%7B__typename%7D&variables=nonsense", 400), ("query=%7B__typename%7D&variables=[1]", 400),
        ("query=%zz", 400), ("query=%C3%28", 400), ("query=%7B__typename%7", 400),
        ("query=mutation%7B__typename%7D", 405),
    ]

    @Test func servesQueriesByGET() async throws {
        try await withGateway { gateway async throws in
            for (query, status) in Self.gets {
                let response = try await gateway.get(query)
                #expect(response.status == status, "\(query): \(response.text)")
                if status == 405 {
                    #expect(response.headers.first("allow") == "POST")
                    #expect(response.code == "METHOD_NOT_ALLOWED")
                }
            }
        }
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH"])
    func otherMethodsGetAllow(method: String) async throws {
        try await withGateway { gateway async throws in
            let response = try await gateway.send(method, "/graphql")
            #expect(response.status == 405)
            #expect(response.headers.first("allow") == "GET, POST, OPTIONS")
            #expect(response.code == "METHOD_NOT_ALLOWED")
        }
    }
}
