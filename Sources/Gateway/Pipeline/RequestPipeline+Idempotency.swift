internal import JSON
internal import Upstream

extension RequestPipeline {
    /// The name under which a write is carried out once; nil: it has no key.
    ///
    /// - Parameters:
    ///   - stated: the key in the request itself; nil: that of its message counts, or else that of the header field.
    ///   - position: the request's place among several; nil: it is the only one.
    ///   - content: what the request asks for, and by which protocol.
    /// - Returns: the name; nil: there is none.
    /// - Throws: what is wrong with the key.
    func idempotentRequest(
        stated: JSONValue?,
        position: Int?,
        content: @autoclosure () -> JSONValue
    ) throws(GraphQLRequest.Malformed) -> IdempotentRequest? {
        let key: IdempotencyKey
        var place: Int?
        if let stated = stated ?? caller.statedIdempotencyKey, !stated.isNull {
            key = try IdempotencyKey(extension: stated)
        } else if let field = caller.idempotency {
            key = try IdempotencyKey(field: field.value)
            // One field is for all requests of a body.
            place = position ?? field.position
        } else {
            return nil
        }
        let name = IdempotentRequest.Name(spenders: service.spenders(for: caller), key: key, position: place)
        return IdempotentRequest(name, content: content())
    }
}

extension GatewayService {
    /// Who a write with an idempotency key belongs to: the credentials that it spends, whatever address it comes from.
    fileprivate func spenders(for caller: Caller) -> Set<IdempotentRequest.Spender> {
        var spenders: Set<IdempotentRequest.Spender> = []
        for workspace in broker.workspaces {
            let baseURL = configuration.workspaces[workspace.index].baseURL
            if let own = caller.own(for: workspace) {
                spenders.insert(.key(own, slug: workspace.slug, baseURL: baseURL))
            } else if configuredCredentials.contains(workspace.index) {
                spenders.insert(.configuredKey(slug: workspace.slug, baseURL: baseURL))
            }
        }
        if let client = caller.client {
            spenders.insert(.client(.client(client.name)))
        } else if spenders.isEmpty {
            spenders.insert(.client(.address(caller.address)))
        }
        return spenders
    }
}
