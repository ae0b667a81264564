import Gateway
import JSONRPC
import Testing
import Upstream

@testable import GatewayServer

/// Who a connection is after each of its messages, and what happens to these.
@Suite struct ConnectionAuthenticatorTests {
    private static let form =
        #"auth takes {\"key\": KEY} or {\"key\": KEY, \"workspaces\": {SLUG: KEY}}, or these by position."#

    private static func message(_ method: String, _ params: String? = nil, id: String? = "1") -> String {
        let rest = (params.map { #","params":\#($0)"# } ?? "") + (id.map { #","id":\#($0)"# } ?? "")
        return #"{"jsonrpc":"2.0","method":"\#(method)"\#(rest)}"#
    }

    private static let isTrue = #"{"jsonrpc":"2.0","result":true,"id":1}"#

    private static func invalid(_ message: String) -> String {
        #"{"jsonrpc":"2.0","error":{"code":-32602,"message":"\#(message)","data":{"code":"BAD_USER_INPUT"}},"id":1}"#
    }

    private static func unauthenticated(id: String) -> String {
        #"{"jsonrpc":"2.0","error":{"code":-32001,"message":"Not authenticated: first call auth with {\"key\": KEY}.","#
            + #""data":{"code":"UNAUTHENTICATED"}},"id":\#(id)}"#
    }

    private static func alone(id: String) -> String {
        #"{"jsonrpc":"2.0","error":{"code":-32600,"message":"auth is called alone, as a message of its own over a WebSocket or "#
            + "a line socket, before other calls; over HTTP, send the key in the header field Authorization.\","
            + #""data":{"code":"BAD_REQUEST"}},"id":\#(id)}"#
    }

    private static let notVisible = invalid("\(form) A key is a string of visible ASCII characters.")

    /// Messages of a connection that has no key yet; the reply, and whether it may call afterwards.
    static let firstMessages: [(String, reply: String?, isAuthenticated: Bool)] = [
        (message("auth", #"{"key":"k"}"#), isTrue, true),
        (message("auth", #"["k"]"#), isTrue, true),
        (message("auth", #"[null,{"two":"k2"}]"#), isTrue, true),
        (message("auth", #"{"key":"k"}"#, id: nil), nil, true),
        (message("auth"), invalid(form), false),
        (message("auth", "[]"), invalid(form), false),
        (message("auth", #"["k",{},1]"#), invalid(form), false),
        (message("auth", #"{"key":null}"#), invalid(form), false),
        (message("auth", #"{"workspaces":{}}"#), invalid(form), false),
        (message("auth", #"{"key":"k","more":1}"#), invalid(form), false),
        (message("auth", #"{"key":"k","workspaces":["two"]}"#), invalid(form), false),
        // A key with a space or a line end could be taken for more than a key further on.
        (message("auth", #"{"key":""}"#), notVisible, false),
        (message("auth", #"{"key":"a b"}"#), notVisible, false),
        (message("auth", #"{"key":"a\r\nX: y"}"#), notVisible, false),
        (message("auth", #"{"key":"é"}"#), notVisible, false),
        (message("auth", #"{"key":5}"#), notVisible, false),
        (message("auth", #"{"key":"k","workspaces":{"two":"a\u0000"}}"#), notVisible, false),
        (message("things.list"), unauthenticated(id: "1"), false),
        (message("things.list", id: nil), nil, false),
        // In a batch `auth` sets no key for the other calls.
        (
            "[\(message("auth", #"{"key":"k"}"#)),\(message("m", id: nil)),\(message("m", id: #""x""#))]",
            "[\(alone(id: "1")),\(alone(id: #""x""#))]", false
        ),
        ("[\(message("m", id: nil))]", nil, false),
    ]

    @Test(arguments: firstMessages.indices) func firstMessageMustAuthenticate(position: Int) {
        let (message, expected, isAuthenticated) = Self.firstMessages[position]
        var authenticator = ConnectionAuthenticator(callers: nil, address: "192.0.2.1", limits: RPCLimits())
        #expect(authenticator.caller?.credential == nil)
        guard case .reply(let reply) = authenticator.authorize(Array(message.utf8)) else {
            Issue.record("The message was forwarded.")
            return
        }
        #expect(reply.map { String(decoding: $0, as: UTF8.self) } == expected)
        #expect((authenticator.caller != nil) == isAuthenticated)
        if isAuthenticated { #expect(authenticator.caller?.address == "192.0.2.1") }
    }

    /// The key in whose name each of some messages is forwarded; nil: it is not.
    private func keys(_ messages: [String]) -> [Credential?] {
        var authenticator = ConnectionAuthenticator(
            callers: { Caller(credential: Credential(key: "default")) },
            address: nil,
            limits: RPCLimits()
        )
        return messages.map { message in
            guard case .forward(let caller) = authenticator.authorize(Array(message.utf8)) else { return nil }
            return caller.credential
        }
    }

    @Test func laterAuthAppliesToLaterCallsOnly() {
        let call = Self.message("m")
        func auth(_ key: String) -> String { Self.message("auth", #"["\#(key)"]"#) }
        let names = keys([
            call, auth("a"), call,
            // One that is refused changes nothing.
            auth("b c"), call,
            // A message that only mentions the method is a call like any other.
            auth("b"), Self.message("m", #"["auth"]"#),
        ])
        let expected = ["default", nil, "a", nil, "a", nil, "b"].map { $0.map { Credential(key: $0) } }
        #expect(names == expected)
    }
}
