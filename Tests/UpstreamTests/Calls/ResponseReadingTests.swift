import JSON
import Testing

@testable import Upstream

/// Upstreams disagree in how an object is wrapped and an error is stated: every way is understood.
@Suite struct ResponseReadingTests {
    private static let sdl = """
        schema @upstream(items: "data", total: "count", retryAfter: "retry_after") { query: Query }
        type Query { thing: Thing @rest(get: "/things/1") }
        type Thing @entity(get: "/things/{id}", deletedAt: "deleted_at") { id: ID! name: String data: Any }
        scalar Any
        """

    private func read(_ outcome: ScriptedTransport.Outcome) async throws -> JSONValue {
        let harness = try UpstreamHarness(Self.sdl, transport: ScriptedTransport(["/things/1": outcome]))
        return try await harness.run("{ thing { id name } }")
    }

    @Test(arguments: [
        #"{"id":"1","name":"n"}"#,
        #"{"data":{"id":"1","name":"n"},"error":null}"#,
        #"{"data":{"id":"1","name":"n"}}"#,
        #"{"error":null,"data":{"name":"n","later":[1,{"x":null}],"id":"1"},"count":1}"#,
        #"{"id":"1","name":"n","data":{"id":"2","name":"inner"}}"#,
        #"{"id":"1","name":"n","deleted_at":null,"error":"a member of the object"}"#,
        #"{"data":{"id":"1","name":"n","deleted_at":null}}"#,
    ])
    func anObjectIsFoundBareOrWrapped(body: String) async throws {
        #expect(try await read(.json(body)) == ["data": ["thing": ["id": "1", "name": "n"]]])
    }

    @Test(
        arguments: [
            .status(404, ""),
            .status(404, "<html>not here</html>"),
            .status(404, #"{"error":"not_found","message":"No such thing."}"#),
            .status(410, #"{"data":null,"count":0,"error":"gone"}"#),
            .status(200, #"{"data":null,"error":null}"#),
            .status(200, "null"),
            .status(200, #"{"id":"1","name":"n","deleted_at":"2026-01-02T03:04:05Z"}"#),
            .status(200, #"{"data":{"id":"1","name":"n","deleted_at":"2026-01-02T03:04:05Z"},"error":null}"#),
        ] as [ScriptedTransport.Outcome]
    )
    func whatIsMissingOrDeletedIsNullWithoutAnError(outcome: ScriptedTransport.Outcome) async throws {
        #expect(try await read(outcome) == ["data": ["thing": .null]])
    }

    /// A response for a type without a key that has a member of the envelope's name, and what is shown.
    @Test(
        arguments: [
            (#"{"data":{"x":1}}"#, ["data": ["x": 1], "state": .null]), (#"{"data":7}"#, ["data": 7, "state": .null]),
            (#"{"data":{"state":"s"}}"#, ["data": .null, "state": "s"]),
            (#"{"data":{"data":{"x":1}}}"#, ["data": ["x": 1], "state": .null]),
            (#"{"data":{"data":7,"state":"s"},"error":null}"#, ["data": 7, "state": "s"]),
            (#"{"data":{"x":1},"state":"s"}"#, ["data": ["x": 1], "state": "s"]),
        ] as [(String, JSONValue)]
    )
    func anObjectMayHaveAMemberOfTheEnvelopesName(body: String, shown: JSONValue) async throws {
        let sdl = """
            schema @upstream(items: "data") { query: Query }
            type Query { build: Build @rest(get: "/build") }
            type Build { data: Any state: String }
            scalar Any
            """
        let harness = try UpstreamHarness(sdl, transport: ScriptedTransport(["/build": .json(body)]))
        #expect(try await harness.run("{ build { data state } }") == ["data": ["build": shown]])
    }

    /// A response that is an error, and the error that the client gets.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let outcome: ScriptedTransport.Outcome
        let message: String
        var extensions: JSONObject

        init(_ description: String, _ outcome: ScriptedTransport.Outcome, _ message: String, _ extensions: JSONObject) {
            testDescription = description
            self.outcome = outcome
            self.message = message
            self.extensions = extensions
            self.extensions["workspace"] = "main"
        }
    }

    static let badInput: JSONObject = ["code": "BAD_USER_INPUT", "status": 422]

    static let statedErrors = [
        Refusal(
            "code and message",
            .status(422, #"{"error":"validation_failed","message":"The title is missing."}"#),
            "The title is missing.",
            badInput
        ),
        Refusal("a text", .status(422, #"{"data":null,"count":0,"error":"no such order"}"#), "no such order", badInput),
        Refusal(
            "an object with a message",
            .status(422, #"{"error":{"code":17,"message":"The order is unknown."}}"#),
            "The order is unknown.",
            badInput
        ),
        Refusal(
            "an empty message beside a code",
            .status(422, #"{"error":"validation_failed","message":""}"#),
            "validation_failed",
            badInput
        ),
        Refusal(
            "HTML",
            .status(422, "<html><h1>Unprocessable</h1></html>"),
            "The upstream refused the call.",
            badInput
        ),
        Refusal("nothing", .status(422, ""), "The upstream refused the call.", badInput),
        Refusal(
            "a message that is a list",
            .status(422, #"{"message":["title must be a text","status is bad"],"error":"Bad Request"}"#),
            "title must be a text, status is bad",
            badInput
        ),
        Refusal("no object", .status(422, #"["error"]"#), "The upstream refused the call.", badInput),
        Refusal("an error that is a number", .status(422, #"{"error":5}"#), "The upstream refused the call.", badInput),
        Refusal(
            "a success that states an error",
            .status(200, #"{"data":null,"count":0,"error":"The index is being built."}"#),
            "The index is being built.",
            ["code": "UPSTREAM_ERROR"]
        ),
    ]

    static let statuses = [
        Refusal(
            "401",
            .status(401, ""),
            "The upstream does not accept the credential.",
            ["code": "UNAUTHENTICATED", "status": 401]
        ),
        Refusal(
            "403",
            .status(403, #"{"error":"forbidden","message":"Only for members."}"#),
            "Only for members.",
            ["code": "FORBIDDEN", "status": 403]
        ),
        Refusal(
            "409",
            .status(409, ""),
            "The upstream refused the call.",
            ["code": "BAD_USER_INPUT", "status": 409]
        ),
        Refusal(
            "500, whatever it says",
            .status(500, #"{"error":"crash","message":"secret trace"}"#),
            "The upstream responded with status 500.",
            ["code": "UPSTREAM_ERROR", "status": 500]
        ),
        Refusal(
            "502 with a proxy's page",
            .status(502, "<html>secret host</html>"),
            "The upstream responded with status 502.",
            ["code": "UPSTREAM_ERROR", "status": 502]
        ),
        Refusal(
            "a redirect",
            .status(302, "", headers: [(name: "Location", value: "http://elsewhere.test/")]),
            "The upstream responded with status 302.",
            ["code": "UPSTREAM_ERROR", "status": 302]
        ),
    ]

    @Test(arguments: statedErrors + statuses)
    func anErrorIsReportedWithItsCode(refusal: Refusal) async throws {
        let error: JSONValue = [
            "message": .string(refusal.message),
            "locations": [["line": 1, "column": 3]],
            "path": ["thing"],
            "extensions": .object(refusal.extensions),
        ]
        #expect(try await read(refusal.outcome) == ["errors": [error], "data": ["thing": .null]])
    }

    @Test(
        arguments: [
            ("7", #"{"retry_after":60}"#, 7),
            ("0", "", 0),
            ("-3", "", 0),
            // A time that has passed, and one that is none.
            ("Wed, 21 Oct 2015 07:28:00 GMT", #"{"error":"rate_limit_exceeded","retry_after":9}"#, 0),
            ("soon", #"{"error":"rate_limit_exceeded","retry_after":9}"#, 9),
            (nil, #"{"error":"rate_limit_exceeded","message":"Try again.","retry_after":12}"#, 12),
            (nil, #"{"retry_after":"13"}"#, 13),
            (nil, "<html>slow down</html>", 60),
            (nil, "", 60),
        ] as [(String?, String, Int)]
    )
    func anExhaustedRateLimitStatesWhenToRetry(header: String?, body: String, seconds: Int) async throws {
        let headers = header.map { [(name: "Retry-After", value: $0)] } ?? []
        let error = try await read(.status(429, body, headers: headers))["errors"]?[0]
        #expect(error?["extensions"] == ["code": "RATE_LIMITED", "retryAfter": .integer(seconds), "workspace": "main"])
    }

    @Test(
        arguments: [
            (.timedOut, "UPSTREAM_TIMEOUT"),
            (.truncated, "UPSTREAM_INVALID_RESPONSE"),
            (.tooLarge, "UPSTREAM_INVALID_RESPONSE"),
            (.malformedResponse, "UPSTREAM_INVALID_RESPONSE"),
            (.couldNotConnect, "UPSTREAM_ERROR"),
            (.couldNotResolve, "UPSTREAM_ERROR"),
            (.closedEarly, "UPSTREAM_ERROR"),
            (.tls, "UPSTREAM_ERROR"),
            (.shutDown, "UPSTREAM_ERROR"),
            (.cancelled, "REQUEST_CANCELLED"),
        ] as [(TransportError.Code, JSONValue)]
    )
    func anUpstreamThatDoesNotRespondFailsTheField(code: TransportError.Code, expected: JSONValue) async throws {
        let response = try await read(.broken(code))
        #expect(response["data"] == ["thing": .null])
        #expect(response["errors"]?[0]?["path"] == ["thing"])
        #expect(response["errors"]?[0]?["extensions"]?["code"] == expected)
    }

    @Test(arguments: ["", "<html></html>", #"{"id":"1","#, #"{"id":"1"} trailing"#, "{'id':1}"])
    func aResponseThatIsNotJSONFailsTheField(body: String) async throws {
        let response = try await read(.json(body))
        #expect(response["data"] == ["thing": .null])
        #expect(response["errors"]?[0]?["extensions"] == ["code": "UPSTREAM_INVALID_RESPONSE", "workspace": "main"])
    }

    /// A number that is too great is the greatest one, and of a list the first counts.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2
    @Test(arguments: [
        ("31", 31), ("31, 0", 31), ("2147483648", 1 << 31), ("9223372036854775807", 1 << 31),
        ("9223372036854775808", 1 << 31), ("99999999999999999999999", 1 << 31), ("-1", 0), ("x", 0), ("", 0),
    ])
    func theAgeOfAResponseIsRead(field: String, seconds: Int) throws {
        let schema = try BoundSchema(Self.sdl)
        let reader = ResponseReader(conventions: schema.table.conventions)
        let headers = TransportHeaders([("Age", field)])
        let received = TransportResponse(status: 200, headers: headers, body: Array("{}".utf8))
        #expect(reader.response(.success(received), sentAt: .now).age == .seconds(seconds))
    }
}
