internal import GraphQL
internal import JSON
internal import JSONRPC

extension RPCService {
    /// What a message does that begins or ends a subscription on a connection; nil: it is another one.
    ///
    /// - Parameters:
    ///   - message: the message.
    ///   - caller: who sends it.
    /// - Returns: what to do.
    package func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? {
        // PERF: nearly no message names such a method, so that nearly none is parsed twice.
        guard let read = candidate(message), !read.isBatch, case .call(let call)? = read.entries.first else {
            return nil
        }
        var caller = caller
        caller.group = .scripts
        do throws(RPCError) {
            if let method = methods.subscription(named: call.method) {
                // A notification gets no response, so that its sender could not end what it begins.
                guard call.id != nil else { return .reply(RPCResponse(body: nil)) }
                return .begin(id: call.id, try subscribe(method, call, caller))
            }
            let ended = methods.subscriptions(endedBy: call.method)
            guard !ended.isEmpty else { return nil }
            let name = try unsubscribe(call, caller)
            return .end(id: call.id, name: name, notifications: ended.map(\.notification))
        } catch {
            return .reply(
                RPCResponse(
                    body: call.id.map { id in
                        var output = OutputBuffer(minimumCapacity: 256)
                        output.append(rpcError: error, id: id)
                        return output.array()
                    }
                )
            )
        }
    }

    private func candidate(_ message: [UInt8]) -> RPCMessage? {
        guard
            methods.subscriptions.contains(where: { subscription in
                [subscription.method.name, subscription.unsubscribe].contains { name in
                    message.contains(run: Array("\"\(name)\"".utf8))
                }
            })
        else { return nil }
        return try? RPCMessage(parsing: message, limits: limits)
    }

    private func subscribe(
        _ method: SubscriptionMethod,
        _ call: RPCCall,
        _ caller: Caller
    ) throws(RPCError) -> RPCSubscription {
        var pipeline = RequestPipeline(service: service, caller: caller)
        let prepared: PreparedOperation
        do throws(RPCError) {
            prepared = try prepare(method, call, in: &pipeline)
        } catch {
            throw refused(error, call, in: pipeline)
        }
        switch pipeline.subscribe(to: prepared, as: method.method.name, writer: .rpc) {
        case .refused(let response): throw RPCError(withoutData: response.failure)
        case .stream(let stream):
            return RPCSubscription(stream: stream, notification: method.notification)
        }
    }

    /// The name of the subscription that a call ends, of which the observer is notified as of every other call.
    ///
    /// The call does not count against its client's minute: who has none left can still end what it began.
    private func unsubscribe(_ call: RPCCall, _ caller: Caller) throws(RPCError) -> String {
        var pipeline = RequestPipeline(service: service, caller: caller)
        let name: String
        do throws(RPCError) { name = try Self.name(in: call) } catch { throw refused(error, call, in: pipeline) }
        pipeline.end(.prepare)
        let outcome = RPCOutcome.result(Array("true".utf8))
        _ = complete(outcome, of: .call(call), .finished(outcome), in: pipeline)
        return name
    }

    /// Counts the call against its client's minute, however it ends, and prepares it if the client has requests left.
    private func prepare(
        _ method: SubscriptionMethod,
        _ call: RPCCall,
        in pipeline: inout RequestPipeline
    ) throws(RPCError) -> PreparedOperation {
        do throws(RequestRefusal) { try pipeline.admit() } catch { throw RPCError(error) }
        let (text, variables) = try operation(of: method.method, params: call.params)
        do throws(RequestRefusal) {
            return try pipeline.prepare(text, variables: variables)
        } catch {
            throw RPCError(error)
        }
    }

    /// The error of a call that begins or ends nothing, of which the observer is notified as of every other call.
    private func refused(_ error: RPCError, _ call: RPCCall, in pipeline: RequestPipeline) -> RPCError {
        var pipeline = pipeline
        pipeline.end(.prepare)
        let outcome = RPCOutcome.failed(error)
        let completed = complete(outcome, of: .call(call), .finished(outcome), in: pipeline)
        guard case .failed(let stated) = completed else { return error }
        return stated
    }

    /// The name of the subscription that a call ends.
    private static func name(in call: RPCCall) throws(RPCError) -> String {
        let value: JSONValue? =
            switch call.params {
            case .byName(let members) where members.count == 1: members[SubscriptionMethod.parameter]
            case .byPosition(let items) where items.count == 1: items[0]
            case .byName, .byPosition: nil
            }
        guard let name = value?.stringValue else {
            throw .invalidParams(
                "\(call.method) takes \"\(SubscriptionMethod.parameter)\": what the subscription is called."
            )
        }
        return name
    }

    /// Why a subscription does not begin or end in a message whose response is all that follows.
    func needsConnection(_ method: String) -> RPCError? {
        if method == OwnMethod.authenticate { return .authenticatesAlone }
        guard methods.subscription(named: method) != nil || methods.endsSubscriptions(method) else { return nil }
        return RPCError(
            .invalidRequest,
            "\(method) is called alone, over a WebSocket or a line socket, where its notifications can follow.",
            dataCode: ErrorCode.badRequest.rawValue
        )
    }
}
