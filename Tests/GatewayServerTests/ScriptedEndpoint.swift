import Gateway
import GatewayServer
import JSON
import JSONRPC
import Synchronization

/// An endpoint whose methods are made for tests of what carries messages.
///
/// `echo` is answered at once with its parameters, `later` after a turn of the executor, `wait` when `release` is called,
/// `whoami` with the slugs of the caller's keys, `long` with so many characters.
final class ScriptedEndpoint: MessageEndpoint {
    let openRPC = Array(#"{"openrpc":"1.3.2","info":{"title":"test","version":"1"},"methods":[]}"#.utf8)
    private let state = Mutex(State())

    private struct State {
        var isReleased = false
        var began = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var expectations: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    func respond(to message: [UInt8], caller: Caller) -> MessageAnswer {
        guard case .single(let read) = try? RPCMessage(message, limits: Self.limits) else {
            return .now(MessageReply(body: RPCResponse.error(.parseError("no JSON"))))
        }
        switch read {
        case .failure(let invalid): return .now(MessageReply(body: RPCResponse.error(invalid.error, id: invalid.id)))
        case .success(let request): return answer(request, caller)
        }
    }

    private static let limits: RPCLimits = {
        var limits = RPCLimits()
        limits.maximumMessageBytes = 8 << 20
        return limits
    }()

    private func answer(_ request: RPCRequest, _ caller: Caller) -> MessageAnswer {
        switch request.method {
        case "later":
            return .later { Self.reply(request, .string("later")) }
        case "wait":
            return .later {
                await self.waitForRelease()
                return Self.reply(request, .string("waited"))
            }
        case "whoami":
            let slugs = caller.workspaceCredentials.keys.sorted().map { JSONValue.string($0) }
            return .now(Self.reply(request, ["key": .bool(caller.credential != nil), "workspaces": .array(slugs)]))
        case "long":
            guard case .byPosition(let items) = request.parameters, let count = items.first?.intValue else { break }
            return .now(Self.reply(request, .string(String(repeating: "x", count: count))))
        default: break
        }
        switch request.parameters {
        case .none: return .now(Self.reply(request, .null))
        case .byName(let members): return .now(Self.reply(request, .object(members)))
        case .byPosition(let items): return .now(Self.reply(request, .array(items)))
        }
    }

    private static func reply(_ request: RPCRequest, _ result: JSONValue) -> MessageReply? {
        request.id.map { MessageReply(body: RPCResponse.result(result.serialized()[...], id: $0)) }
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
