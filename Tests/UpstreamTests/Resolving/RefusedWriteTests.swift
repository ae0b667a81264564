import JSON
import Synchronization
import Testing
import Upstream

/// Writes that fail: with which code, and with which part of the input to blame.
@Suite struct RefusedWriteTests {
    private func run(_ outcome: ScriptedTransport.Outcome, _ mutation: String) async throws -> (JSONValue, [String]) {
        let harness = try UpstreamHarness(WriteTests.sdl, transport: ScriptedTransport(requests: { _ in outcome }))
        return (try await harness.run("mutation { \(mutation) }"), harness.transport.log)
    }

    /// What the upstream says, and the error that the client gets.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let status: Int
        var body = ""
        let code: String
        let message: String
        var statesStatus = false

        var testDescription: String { "\(status) \(body)" }

        var extensions: JSONValue {
            guard code != "NOT_FOUND" else { return ["code": .string(code)] }
            var members: JSONObject = ["code": .string(code), "workspace": "main"]
            if statesStatus { members["status"] = .integer(status) }
            return .object(members)
        }

        static func refused(_ status: Int, _ code: String, _ message: String) -> Refusal {
            refused(status, code, "", message)
        }

        static func refused(_ status: Int, _ code: String, _ body: String, _ message: String) -> Refusal {
            Refusal(status: status, body: body, code: code, message: message, statesStatus: true)
        }

        static func missing(_ status: Int, _ body: String = "") -> Refusal {
            Refusal(
                status: status,
                body: body,
                code: "NOT_FOUND",
                message: "There is no such object; nothing was written."
            )
        }

        static func unknown(_ status: Int, _ body: String = "") -> Refusal {
            Refusal(
                status: status,
                body: body,
                code: "UPSTREAM_OUTCOME_UNKNOWN",
                message: """
                    It is not known whether the write was carried out: read the object before you send it again. \
                    The upstream responded with status \(status).
                    """
            )
        }
    }

    /// A body that is not the upstream's JSON, whatever its media type says.
    @Test(arguments: [
        ("\n<!DOCTYPE html><title>Log in</title>", "text/plain"), ("<html>", ""),
        ("\u{FEFF}<html>", "application/json"),
        (#"{"id":"7","#, "text/plain"), ("Bad gateway", "application/json; charset=utf-8"),
    ])
    func unreadableBodyLeavesTheOutcomeUnknown(body: String, type: String) async throws {
        let headers = type.isEmpty ? [] : [(name: "Content-Type", value: type)]
        let (json, _) = try await run(.status(200, body, headers: headers), #"change(id: "7", changes: {}) { id }"#)
        #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_OUTCOME_UNKNOWN")
    }

    @Test(arguments: [
        Refusal.missing(404), .missing(410, "<html>"),
        .refused(400, "BAD_USER_INPUT", "The upstream refused the call."),
        .refused(401, "UNAUTHENTICATED", "The upstream does not accept the credential."),
        .refused(403, "FORBIDDEN", "The credential does not permit this."),
        .refused(403, "FORBIDDEN", #"{"error":"no"}"#, "no"),
        .refused(409, "BAD_USER_INPUT", "The upstream refused the call."),
        .refused(422, "BAD_USER_INPUT", "[]", "The upstream refused the call."),
        .refused(307, "UPSTREAM_ERROR", "secret", "The upstream responded with status 307."),
        .unknown(301), .unknown(302), .unknown(303), .unknown(304), .unknown(408), .unknown(500, "secret"),
        .unknown(502, "<html>"), .unknown(503), .unknown(504),
        Refusal(status: 200, body: #"{"data":null,"error":"It broke."}"#, code: "UPSTREAM_ERROR", message: "It broke."),
        Refusal(
            status: 202,
            body: #"{"job":"7","message":"Later."}"#,
            code: "UPSTREAM_OUTCOME_UNKNOWN",
            message: """
                The upstream accepted the write, but has not carried it out yet (status 202): read the object before you send it again. \
                Later.
                """
        ),
    ])
    func aStatusHasItsErrorAndTheWriteIsSentOnce(refusal: Refusal) async throws {
        for field in ["add(input: {}) { key }", #"change(id: "1") { title }"#, #"remove(id: "1") { key }"#] {
            let (json, log) = try await run(.status(refusal.status, refusal.body), field)
            let name = JSONValue.string(String(field.prefix { $0 != "(" }))
            let error: JSONValue = [
                "message": .string(refusal.message), "path": [name], "extensions": refusal.extensions,
            ]
            #expect(json["errors"]?.arrayValue?.map { $0.without("locations") } == [error])
            #expect(json["data"]?.objectValue?.values == [.null])
            #expect(log.count == 1)
        }
    }

    @Test(arguments: [
        (422, #"{"message":"The key top.secret may not."}"#), (401, #"{"error":"Bearer top.secret is unknown"}"#),
        (200, #"{"data":null,"error":"top.secret"}"#), (422, #"{"errors":{"title":["not top.secret"]}}"#),
    ])
    func theKeyIsNotShownThoughTheUpstreamShowsIt(status: Int, body: String) async throws {
        let transport = ScriptedTransport(requests: { _ in .status(status, body) })
        let harness = try UpstreamHarness(WriteTests.sdl, transport: transport)
        let json = try await harness.run("mutation { add(input: {}) { key } }", authorization: "Bearer top.secret")
        #expect(json["errors"] != nil)
        #expect(!String(decoding: json.serialized(), as: UTF8.self).contains("top.secret"))
    }

    @Test(arguments: [
        (TransportError.Code.timedOut, "The upstream did not respond in time."),
        (.closedEarly, "The upstream closed the connection without a response."),
        (.truncated, "The upstream's response ended early."), (.tooLarge, "The upstream's response is too large."),
        (.malformedResponse, "The upstream's response is malformed."), (.shutDown, "The gateway is shutting down."),
    ])
    func withoutAWholeResponseTheOutcomeIsUnknown(code: TransportError.Code, reason: String) async throws {
        let (json, log) = try await run(.broken(code), "add(input: {}) { key }")
        #expect(json["errors"]?[0]?["extensions"] == ["code": "UPSTREAM_OUTCOME_UNKNOWN", "workspace": "main"])
        let advice = "It is not known whether the write was carried out: read the object before you send it again."
        #expect(json["errors"]?[0]?["message"] == .string("\(advice) \(reason)"))
        #expect(log.count == 1)
    }

    @Test(arguments: [
        (TransportError.Code.couldNotConnect, "UPSTREAM_ERROR", "The upstream cannot be reached."),
        (.timedOut, "UPSTREAM_TIMEOUT", "The upstream did not respond in time."),
        (.tls, "UPSTREAM_ERROR", "The upstream cannot be reached."),
        (.invalidRequest, "UPSTREAM_ERROR", "The request cannot be sent to the upstream."),
    ])
    func anUnsentWriteWasNotCarriedOut(code: TransportError.Code, expected: String, reason: String) async throws {
        let error = TransportError(code, "Nobody is there.", requestMayHaveBeenSent: false)
        let (json, _) = try await run(.failure(error), "add(input: {}) { key }")
        #expect(json["errors"]?[0]?["extensions"] == ["code": .string(expected), "workspace": "main"])
        #expect(json["errors"]?[0]?["message"] == .string("Nothing was written. \(reason)"))
    }

    // MARK: - Sent again, or not

    /// A harness whose upstream has one response to the first request and another to the rest.
    private func harness(first: ScriptedTransport.Outcome, then: ScriptedTransport.Outcome) throws -> UpstreamHarness {
        let count = Mutex(0)
        return try UpstreamHarness(
            WriteTests.sdl,
            transport: ScriptedTransport(requests: { _ in
                count.withLock { count in
                    count += 1
                    return count == 1 ? first : then
                }
            })
        )
    }

    @Test func aWriteThatTheLimitKeepsOutForTooLongIsRefused() async throws {
        let first = ScriptedTransport.Outcome.status(429, "", headers: [("Retry-After", "30")])
        let harness = try harness(first: first, then: .status(201, WriteTests.whole))
        let json = try await harness.run("mutation { add(input: {}) { key } }")
        let error = json["errors"]?[0]
        #expect(error?["extensions"] == ["code": "RATE_LIMITED", "retryAfter": 30, "workspace": "main"])
        #expect(error?["message"] == "The upstream rate limit for this key is exhausted; retry in 30 seconds.")
        #expect(harness.transport.log.count == 1)
    }

    @Test func aWriteThatDidNotLeaveIsSentAgain() async throws {
        let error = TransportError(.couldNotConnect, "Nobody is there.", requestMayHaveBeenSent: false)
        let harness = try harness(first: .failure(error), then: .status(201, WriteTests.whole))
        let json = try await harness.run("mutation { add(input: {}) { key } }", timeLeft: .seconds(60))
        #expect(json == ["data": ["add": ["key": "1"]]])
    }

    @Test func aClientThatDisconnectsDoesNotCancelAWrite() async throws {
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let (releases, release) = AsyncStream<Void>.makeStream()
        let harness = try UpstreamHarness(
            WriteTests.sdl,
            transport: ScriptedTransport(requests: { _ in
                arrival.yield()
                for await _ in releases { break }
                return Task.isCancelled ? .broken(.cancelled) : .status(201, WriteTests.whole)
            })
        )
        let request = Task { try await harness.run("mutation { add(input: {}) { key } }") }
        var iterator = arrivals.makeAsyncIterator()
        await iterator.next()
        request.cancel()
        release.yield()
        #expect(try await request.value == ["data": ["add": ["key": "1"]]])
    }

    @Test func aWriteAfterAnUnknownOneIsReadAnew() async throws {
        let sdl = WriteTests.sdl.replacing(#"items: "data")"#, with: #"items: "data") @cacheControl(maxAge: 60)"#)
        let harness = try UpstreamHarness(
            sdl,
            transport: ScriptedTransport(requests: { request in
                request.method == "GET" ? .json(WriteTests.whole) : .broken(.timedOut)
            })
        )
        for _ in 1...2 { _ = try await harness.run(#"{ book(id: "1") { title } }"#) }
        #expect(harness.transport.log == ["GET /books/1"])
        _ = try await harness.run(#"mutation { change(id: "1") { title } }"#)
        _ = try await harness.run(#"{ book(id: "1") { title } }"#)
        #expect(harness.transport.log == ["GET /books/1", "PATCH /books/1", "GET /books/1"])
    }

    @Test func theWritesOfAnOperationEndAtTheFirstOnlyIfItMustNotBeNull() async throws {
        let harness = try harness(first: .status(500, ""), then: .status(201, WriteTests.whole))
        let json = try await harness.run("mutation { a: add(input: {}) { key } b: add(input: {}) { key } }")
        #expect(json["data"] == ["a": .null, "b": ["key": "1"]])
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

    /// What the upstream says of the reasons, and the client's message.
    @Test(
        arguments: [
            (
                #"{"errors":[{"field":"headline","message":"is too long"}]}"#,
                "The upstream refused the call. headline: is too long"
            ),
            (
                #"{"message":"Validation failed","errors":{"headline":["is taken","is short"]}}"#,
                "Validation failed: headline: is taken, is short"
            ),
            (
                #"{"message":"No.","errors":[{"field":"headline","message":"a"},{"path":["parts",0],"msg":"b"}]}"#,
                "No. headline: a; parts.0: b"
            ),
            (#"{"message":"Headline is taken","errors":{"headline":"is taken"}}"#, "Headline is taken"),
            (
                #"{"errors":[{"field":"headline","detail":"headline is taken"}]}"#,
                "The upstream refused the call. headline is taken"
            ),
            (#"{"error":{"message":"m","details":[{"field":"headline","reason":"r"}]}}"#, "m: headline: r"),
            (
                #"{"errors":["Title is taken",{"source":{"pointer":"/x"},"detail":"It is late."}]}"#,
                "The upstream refused the call. Title is taken; It is late."
            ),
            (#"{"errors":"Headline is taken"}"#, "The upstream refused the call. Headline is taken"),
            (#"{"errors":[],"message":"m"}"#, "m"),
            (#"{"errors":[{"field":"headline"}]}"#, "The upstream refused the call."),
        ]
    )
    func theMessageHasTheReasons(body: String, message: String) async throws {
        for status in [400, 409, 422] {
            let (json, _) = try await run(.status(status, body), #"add(input: { title: "t" }) { key }"#)
            #expect(json["errors"]?[0]?["message"] == .string(message))
        }
        // A read that is refused says why, too.
        let transport = ScriptedTransport(requests: { _ in .status(400, body) })
        let json = try await UpstreamHarness(WriteTests.sdl, transport: transport).run(#"{ book(id: "1") { title } }"#)
        #expect(json["errors"]?[0]?["message"] == .string(message))
    }

    // MARK: - Blame with a status of success

    @Test(
        arguments: [
            #"{"errors":[{"field":"headline","message":"is too long"}]}"#,
            #"{"data":null,"errors":{"headline":["is too long"]}}"#,
            #"{"data":{},"details":[{"field":"headline","message":"is too long"}]}"#,
        ],
        [200, 201, 202]
    )
    func successStatusWithOnlyBlamedMembersIsAnError(body: String, status: Int) async throws {
        let message = JSONValue.string("The upstream refused the write. headline: is too long")
        let extensions: JSONValue = ["code": "UPSTREAM_ERROR", "workspace": "main"]
        for field in [
            #"add(input: { title: "t" }) { key }"#, #"change(id: "1") { title }"#, #"remove(id: "1") { key }"#,
        ] {
            let (json, log) = try await run(.status(status, body), field)
            #expect(json["errors"]?[0]?["message"] == message)
            let error = json["errors"]?[0]?["extensions"]
            #expect(error?.without("field") == extensions)
            #expect(error?["field"] == (field.hasPrefix("add") ? ["input", "title"] : nil))
            #expect(json["data"]?.objectValue?.values == [.null])
            #expect(log.count == 1)
        }
    }

    @Test(arguments: [
        #"{"id":"1","headline":"h","errors":[{"field":"headline","message":"was cut"}]}"#,
        #"{"data":{"id":"1","headline":"h"},"errors":[{"field":"headline","message":"was cut"}]}"#,
        #"{"data":{"id":"1","headline":"h"},"errors":[]}"#,
    ])
    func anObjectWithWarningsIsWritten(body: String) async throws {
        let (json, _) = try await run(.status(200, body), #"change(id: "1") { title }"#)
        #expect(json == ["data": ["change": ["title": "h"]]])
    }

    @Test(arguments: [
        #"{"errors":[]}"#, #"{"errors":null}"#, #"{"fields":{"headline":"h"}}"#, #"{"details":["carried out"]}"#,
        #"{"ok":true}"#,
    ])
    func successStatusWithoutBlamedMembersIsASuccess(body: String) async throws {
        let (json, _) = try await run(.status(200, body), #"remove(id: "1") { key }"#)
        #expect(json == ["data": ["remove": ["key": "1"]]])
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

extension JSONValue {
    /// The object without one of its members.
    fileprivate func without(_ name: String) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[name] = nil
        return .object(members)
    }
}
