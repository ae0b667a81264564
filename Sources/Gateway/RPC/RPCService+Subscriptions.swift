internal import GraphQL
internal import JSON
internal import JSONRPC

extension RPCService {
    /// The effect of a message that begins or ends a subscription on a connection; nil: it is another message.
    ///
    /// - Parameters:
    ///   - message: the message.
    ///   - caller: the sender.
    /// - Returns: the effect.
    package func subscriptionCall(in message: [UInt8], caller: Caller) -> SubscriptionCall? {
        // PERF: few messages have the name of such a method, so that few are parsed twice.
        guard let read = candidate(message), !read.isBatch, case .call(let call)? = read.entries.first else {
            return nil
        }
        var caller = caller
        caller.group = .scripts
        do throws(RPCError) {
            if let method = methods.subscription(named: call.method) {
                // A notification gets no response, so that its sender would not learn the id for ending it.
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

    /// The id of the subscription that a call ends; the observer is notified of the call.
    ///
    /// The call is not counted against its client's minute, so that a client that has reached its limit can end its subscriptions.
    private func unsubscribe(_ call: RPCCall, _ caller: Caller) throws(RPCError) -> String {
        var pipeline = RequestPipeline(service: service, caller: caller)
        let name: String
        do throws(RPCError) { name = try Self.name(in: call) } catch { throw refused(error, call, in: pipeline) }
        pipeline.end(.prepare)
        let outcome = RPCOutcome.result(Array("true".utf8))
        _ = complete(outcome, of: .call(call), .finished(outcome), in: pipeline)
        return name
    }

    /// Counts the call against its client's minute, and prepares it if the limit is not reached.
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

    /// The error of a call that begins or ends no subscription; the observer is notified of the call.
    private func refused(_ error: RPCError, _ call: RPCCall, in pipeline: RequestPipeline) -> RPCError {
        var pipeline = pipeline
        pipeline.end(.prepare)
        let outcome = RPCOutcome.failed(error)
        let completed = complete(outcome, of: .call(call), .finished(outcome), in: pipeline)
        guard case .failed(let stated) = completed else { return error }
        return stated
    }

    /// The id of the subscription that a call ends.
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

    /// The error of a method that needs a connection, in a message that gets a single response; nil: the method needs none.
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
