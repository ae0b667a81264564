import Gateway
import GatewayServer
import JSON
import JSONRPC
import Synchronization

/// An endpoint whose methods are made for tests of what carries messages.
///
/// `echo` returns its parameters at once, `later` after a turn of the executor, `wait` when `release` is called,
/// `whoami` with the slugs of the caller's keys, `long` with so many characters, `lines` with JSON on several lines.
final class ScriptedEndpoint: MessageHandler {
    let openRPC: [UInt8]? = Array(#"{"openrpc":"1.3.2","info":{"title":"test","version":"1"},"methods":[]}"#.utf8)
    private let state = Mutex(State())

    private struct State {
        var isReleased = false
        var began = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var expectations: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    func respond(to message: [UInt8], caller: Caller) -> Reply<RPCResponse> {
        var limits = RPCLimits()
        limits.maximumMessageBytes = 8 << 20
        let read: RPCMessage
        do {
            read = try RPCMessage(parsing: message, limits: limits)
        } catch {
            return .now(Self.failure(error, .null))
        }
        switch read.entries.first {
        case .call(let call): return response(call, caller)
        case .invalid(let error, let id): return .now(Self.failure(error, id))
        case nil: return .now(RPCResponse(body: nil))
        }
    }

    private func response(_ call: RPCCall, _ caller: Caller) -> Reply<RPCResponse> {
        switch call.method {
        case "later":
            return .later { Self.reply(call, .string("later")) }
        case "wait":
            return .later {
                await self.waitForRelease()
                return Self.reply(call, .string("waited"))
            }
        case "whoami":
            let slugs = caller.workspaceSlugs.sorted().map { JSONValue.string($0) }
            return .now(Self.reply(call, ["key": .bool(caller.credential != nil), "workspaces": .array(slugs)]))
        case "long":
            guard case .byPosition(let items) = call.params, let count = items.first?.intValue else { break }
            return .now(Self.reply(call, .string(String(repeating: "x", count: count))))
        case "lines": return .now(Self.reply(call, written: "[\r\n  1,\n  \"a\\nb\"\r]"))
        default: break
        }
        switch call.params {
        case .byName(let members): return .now(Self.reply(call, .object(members)))
        case .byPosition(let items): return .now(Self.reply(call, .array(items)))
        }
    }

    private static func reply(_ call: RPCCall, _ result: JSONValue) -> RPCResponse {
        reply(call, written: String(decoding: result.serialized(), as: UTF8.self))
    }

    private static func reply(_ call: RPCCall, written result: String) -> RPCResponse {
        guard let id = call.id else { return RPCResponse(body: nil) }
        var output = OutputBuffer()
        output.append(rpcResult: Array(result.utf8)[...], id: id)
        return RPCResponse(body: output.array())
    }

    private static func failure(_ error: RPCError, _ id: RPCID) -> RPCResponse {
        var output = OutputBuffer()
        output.append(rpcError: error, id: id)
        return RPCResponse(body: output.array())
    }

    // MARK: - Calls that wait

    private func waitForRelease() async {
        await withCheckedContinuation { continuation in
            let (isReleased, met) = state.withLock { state in
                state.began += 1
                if !state.isReleased { state.waiting.append(continuation) }
                let met = state.expectations.filter { $0.count <= state.began }
                state.expectations.removeAll { $0.count <= state.began }
                return (state.isReleased, met)
            }
            for expectation in met { expectation.continuation.resume() }
            if isReleased { continuation.resume() }
        }
    }

    /// Lets all calls of `wait` end, now and later.
    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The calls of `wait` so far.
    var began: Int { state.withLock { $0.began } }

    /// Waits until so many calls of `wait` have begun.
    func waitUntilBegun(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                guard state.began < count else { return true }
                state.expectations.append((count, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }
}
