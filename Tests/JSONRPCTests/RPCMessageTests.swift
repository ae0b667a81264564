import JSON
import JSONRPC
import Testing

@Suite struct RPCMessageTests {
    /// The errors, with the ids they are answered under, of a message; what is valid is left out.
    private func errors(_ bytes: [UInt8]) -> [String] {
        func text(_ results: [Result<RPCRequest, RPCRequest.Invalid>]) -> [String] {
            results.compactMap {
                guard case .failure(let invalid) = $0 else { return nil }
                return "\(invalid.error.code) \(String(decoding: invalid.id, as: UTF8.self))"
            }
        }
        do {
            switch try RPCMessage(bytes) {
            case .single(let request): return text([request])
            case .batch(let requests): return text(requests)
            }
        } catch {
            return ["\(error.code) null"]
        }
    }

    @Test(arguments: [
        (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, ["-32700 null"]),
        (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, ["-32600 null"]),
        (
            #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method"]"#,
            ["-32700 null"]
        ),
        ("[]", ["-32600 null"]),
        ("[1]", ["-32600 null"]),
        ("[1,2,3]", ["-32600 null", "-32600 null", "-32600 null"]),
        ("", ["-32700 null"]),
        (#"{"jsonrpc":"2.0","method":"a","id":{}}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"a","id":true}"#, ["-32600 null"]),
        (#"{"jsonrpc":2.0,"method":"a","id":7}"#, ["-32600 7"]),
        (#"{"jsonrpc":"2.0","method":"a","params":null,"id":"x"}"#, [#"-32600 "x""#]),
        (#"{"jsonrpc":"2.0","method":"a","method":"b","id":1}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"a","other":[],"id":1}"#, []),
    ])
    func malformedMessagesAreRefused(message: String, expected: [String]) {
        #expect(errors(Array(message.utf8)) == expected)
    }

    @Test func bytesThatAreNoUTF8AreAParseError() {
        #expect(errors(Array(#"{"method":""#.utf8) + [0xFF] + Array(#""}"#.utf8)) == ["-32700 null"])
    }

    @Test(arguments: ["1", "-0", "1.50", "1E+400", "123456789012345678901234567890", "null", #""é\u00e9\/""#])
    func idsAreEchoedAsTheyCame(id: String) throws {
        let message = try RPCMessage(Array(#"{"id": \#(id) ,"jsonrpc":"2.0","method":"a"}"#.utf8))
        guard case .single(.success(let request)) = message else { throw CancellationError() }
        let response = RPCResponse.result(Array("19".utf8)[...], id: request.id ?? [])
        #expect(String(decoding: response, as: UTF8.self) == #"{"jsonrpc":"2.0","result":19,"id":\#(id)}"#)
    }

    @Test func aBatchOverTheLimitIsRefused() {
        var limits = RPCLimits()
        limits.maximumBatch = 2
        #expect(throws: RPCError.invalidRequest("The batch holds 3 requests; the limit is 2.")) {
            try RPCMessage(Array("[1,2,3]".utf8), limits: limits)
        }
    }

    @Test func aBatchOfNotificationsHasNoResponse() {
        #expect(RPCResponse.batch([]) == nil)
    }
}
