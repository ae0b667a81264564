import JSON
import Testing
import Upstream

/// Writes that fail: with which code, and with which part of the input to blame.
@Suite struct RefusedWriteTests {
    private func run(_ outcome: ScriptedTransport.Outcome, _ mutation: String) async throws -> (JSONValue, [String]) {
        let harness = try UpstreamHarness(WriteTests.sdl, transport: ScriptedTransport(requests: { _ in outcome }))
        return (try await harness.run("mutation { \(mutation) }"), harness.transport.log)
    }

    @Test(arguments: [
        (404, "", "NOT_FOUND"), (410, "<html>", "NOT_FOUND"), (400, "", "BAD_USER_INPUT"),
        (401, "", "UNAUTHENTICATED"), (403, #"{"error":"no"}"#, "FORBIDDEN"), (409, "", "BAD_USER_INPUT"),
        (422, "[]", "BAD_USER_INPUT"), (302, "", "UPSTREAM_ERROR"), (303, "", "UPSTREAM_OUTCOME_UNKNOWN"),
        (408, "", "UPSTREAM_OUTCOME_UNKNOWN"), (500, "secret", "UPSTREAM_OUTCOME_UNKNOWN"),
        (502, "<html>", "UPSTREAM_OUTCOME_UNKNOWN"), (503, "", "UPSTREAM_OUTCOME_UNKNOWN"),
        (504, "", "UPSTREAM_OUTCOME_UNKNOWN"), (200, #"{"data":null,"error":"It broke."}"#, "UPSTREAM_ERROR"),
    ])
    func aStatusHasItsCodeAndTheWriteIsSentOnce(status: Int, body: String, code: String) async throws {
        for field in ["add(input: {}) { key }", #"change(id: "1") { title }"#, #"remove(id: "1") { key }"#] {
            let (json, log) = try await run(.status(status, body), field)
            #expect(json["errors"]?[0]?["extensions"]?["code"] == .string(code))
            #expect(json["data"]?.objectValue?.values == [.null])
            #expect(log.count == 1)
            #expect(json["errors"]?[0]?["message"]?.stringValue?.contains("secret") == false)
        }
    }

    @Test(arguments: [TransportError.Code.timedOut, .closedEarly, .truncated, .tooLarge, .malformedResponse, .shutDown])
    func withoutAWholeAnswerTheOutcomeIsUnknown(code: TransportError.Code) async throws {
        let (json, log) = try await run(.broken(code), "add(input: {}) { key }")
        #expect(json["errors"]?[0]?["extensions"] == ["code": "UPSTREAM_OUTCOME_UNKNOWN", "workspace": "main"])
        #expect(
            json["errors"]?[0]?["message"]
                == "Whether the write was carried out is not known: look before you send it again. Something of the network."
        )
        #expect(log.count == 1)
    }

    @Test(arguments: [
        (TransportError.Code.couldNotConnect, "UPSTREAM_ERROR"), (.timedOut, "UPSTREAM_TIMEOUT"),
        (.tls, "UPSTREAM_ERROR"), (.invalidRequest, "UPSTREAM_ERROR"),
    ])
    func whatDidNotLeaveWasNotCarriedOut(code: TransportError.Code, expected: String) async throws {
        let error = TransportError(code, "Nobody is there.", requestMayHaveBeenSent: false)
        let (json, _) = try await run(.failure(error), "add(input: {}) { key }")
        #expect(json["errors"]?[0]?["extensions"] == ["code": .string(expected), "workspace": "main"])
        #expect(json["errors"]?[0]?["message"] == "Nothing was written: Nobody is there.")
    }

    // MARK: - Who is to blame

    static let blames: [(body: String, field: JSONValue?)] = [
        (#"{"errors":{"page_count":["must be positive","x"]}}"#, ["input", "pageCount"]),
        (#"{"errors":{"headline":"is too long"},"message":"No."}"#, ["input", "title"]),
        (#"{"error":{"details":[{"field":"headline","message":"is too long"}]}}"#, ["input", "title"]),
        (#"{"error":{"details":[{"path":["parts",1,"part_name"]}]}}"#, ["input", "parts", 1, "partName"]),
        (#"{"errors":[{"pointer":"/parts/0/part_name","detail":"no"}]}"#, ["input", "parts", 0, "partName"]),
        (#"{"error":"validation","field":"extras.risk_score"}"#, ["input", "extraValues", "riskScore"]),
        (#"{"error":"validation","field":"extras.a"}"#, ["input", "extras", "a"]),
        (#"{"errors":{"extras":{"b":["no"]}}}"#, ["input", "extraValues", "all", "b"]),
        (#"{"error":{"code":"x","param":"genre"}}"#, ["input", "genre"]),
        (#"{"error":"validation_failed","message":"headline must be a text."}"#, ["input", "title"]),
        (#"{"error":"validation_failed","message":"'page_count': too big"}"#, ["input", "pageCount"]),
        (#"{"data":null,"error":"headline must be a text."}"#, ["input", "title"]),
        (#"{"message":"The headline must be a text."}"#, nil), (#"{"field":"colour"}"#, nil), ("<html>", nil),
        ("", nil),
        (#"{"errors":[1,null,"x"],"details":7}"#, nil), (#"{"errors":{"colour":["no"]}}"#, nil),
    ]

    @Test(arguments: blames, [400, 422])
    func theInputThatIsBlamedIsNamed(blame: (body: String, field: JSONValue?), status: Int) async throws {
        let input = """
            { title: "t", genre: CRIME, parts: [{ partName: "a" }, { partName: "b" }], extras: { a: 1 }, \
            extraValues: { riskScore: 1, all: { b: 2 } } }
            """
        let (json, _) = try await run(.status(status, blame.body), "add(input: \(input)) { key }")
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT")
        #expect(json["errors"]?[0]?["extensions"]?["field"] == blame.field)
        #expect(json["errors"]?[0]?["path"] == ["add"])
    }

    @Test func severalBlamedPartsAreAllNamed() async throws {
        let body =
            #"{"message":"No.","errors":{"headline":["is too long"],"page_count":["is negative"],"colour":["?"]}}"#
        let (json, _) = try await run(.status(422, body), "add(input: {}) { key }")
        #expect(
            json["errors"]?[0]?["extensions"] == [
                "code": "BAD_USER_INPUT", "status": 422, "workspace": "main", "field": ["input", "title"],
                "fields": [
                    ["field": ["input", "title"], "message": "is too long"],
                    ["field": ["input", "pageCount"], "message": "is negative"],
                ],
            ]
        )
    }
}
