import JSON
import Testing

@testable import JSONRPC

@Suite struct RPCMessageTests {
    /// What a message was read as: each entry in short.
    private func read(_ text: String, limits: RPCLimits = RPCLimits()) -> [String] {
        do throws(RPCError) {
            return try RPCMessage(parsing: Array(text.utf8), limits: limits).entries.map { entry in
                switch entry {
                case .call(let call):
                    "\(call.method) \(call.params.text) \(call.id.map { String(decoding: $0.text, as: UTF8.self) } ?? "-")"
                case .invalid(let error, let id):
                    "\(error.code.rawValue) \(String(decoding: id.text, as: UTF8.self))"
                }
            }
        } catch {
            return ["\(error.code.rawValue)"]
        }
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","method":"m","id":1}"#, ["m {} 1"]),
        (#"{"jsonrpc":"2.0","method":"m","params":{"a":[1]},"id":"x"}"#, [#"m {"a":[1]} "x""#]),
        (#"{"jsonrpc":"2.0","method":"m","params":[1,null]}"#, ["m [1,null] -"]),
        (#"{"jsonrpc":"2.0","method":"m","id":null}"#, ["m {} null"]),
        (
            #" [ {"jsonrpc":"2.0","method":"m"} , {"id":2,"method":"n","jsonrpc":"2.0","more":{}} ] "#,
            ["m {} -", "n {} 2"]
        ),
    ])
    func readsCalls(text: String, entries: [String]) {
        #expect(read(text) == entries)
    }

    @Test(arguments: [
        "0", "-0", "1.50", "1e400", "-12345678901234567890123456789.5", #""""#, #""\u00e9\n\"""#, "\"é\"", "null",
        #""\ud800""#, #""\udc00x\ud83d\ude00""#,
    ])
    func echoesIdsByteForByte(id: String) {
        #expect(read(#"{"jsonrpc":"2.0","method":"m","id":\#(id)}"#) == ["m {} \(id)"])
        #expect(read(#"{"jsonrpc":"1.0","method":"m","id":\#(id)}"#) == ["-32600 \(id)"])
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","method":"foobar, "params":"bar","baz]"#, ["-32700"]),
        ("", ["-32700"]), ("nul", ["-32700"]), ("\u{feff}{}", ["-32600 null"]), ("{} {}", ["-32700"]),
        (#"[{"jsonrpc":"2.0","method":"sum","params":[1],"id":"1"},{"jsonrpc":"2.0","method"]"#, ["-32700"]),
        ("[]", ["-32600"]),
        ("[1]", ["-32600 null"]), ("[1,2,3]", ["-32600 null", "-32600 null", "-32600 null"]),
        ("[[]]", ["-32600 null"]), ("1", ["-32600 null"]), ("\"x\"", ["-32600 null"]), ("{}", ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":1,"params":"bar"}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":1,"id":7}"#, ["-32600 7"]),
        (#"{"jsonrpc":"2.0","method":"m","params":"bar","id":7}"#, ["-32600 7"]),
        (#"{"jsonrpc":"2.0","method":"m","params":null,"id":7}"#, ["-32600 7"]),
        (#"{"jsonrpc":2.0,"method":"m","id":7}"#, ["-32600 7"]),
        (#"{"method":"m","id":7}"#, ["-32600 7"]),
        (#"{"jsonrpc":"2.0","id":7}"#, ["-32600 7"]),
        // The id of a response is that of a call of the other side's.
        (#"{"jsonrpc":"2.0","id":7,"result":{}}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"x"}}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"m","id":true}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"m","id":[1]}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"m","id":{}}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"m","id":1,"id":2}"#, ["-32600 null"]),
        (#"{"jsonrpc":"2.0","method":"m","method":"n","id":1}"#, ["-32600 1"]),
        (#"{"jsonrpc":"2.0","m\u0065thod":"m","method":"n","id":1}"#, ["-32600 1"]),
    ])
    func refusesWhatIsNoCall(text: String, entries: [String]) {
        #expect(read(text) == entries)
    }

    @Test func refusesBytesThatAreNotUTF8() {
        let bytes = Array(#"{"jsonrpc":"2.0","method":"m"#.utf8) + [0xff] + Array(#"","id":1}"#.utf8)
        #expect(throws: RPCError.self) { try RPCMessage(parsing: bytes) }
    }

    @Test func refusesMessagesBeyondTheLimits() {
        var limits = RPCLimits()
        limits.maximumBatch = 2
        limits.maximumDepth = 3
        limits.maximumMessageBytes = 100
        let call = #"{"jsonrpc":"2.0","method":"m"}"#
        #expect(read("[\(call),\(call)]", limits: limits) == ["m {} -", "m {} -"])
        #expect(read("[\(call),\(call),\(call)]", limits: limits) == ["-32600"])
        #expect(read("[1,2,3]", limits: limits) == ["-32600"])
        #expect(read("[[[[]]]]", limits: limits) == ["-32600"])
        #expect(read("\"" + String(repeating: "x", count: 100) + "\"", limits: limits) == ["-32600"])
    }
}

extension RPCParams {
    fileprivate var text: String {
        switch self {
        case .byName(let members): String(decoding: JSONValue.object(members).serialized(), as: UTF8.self)
        case .byPosition(let items): String(decoding: JSONValue.array(items).serialized(), as: UTF8.self)
        }
    }
}
