internal import JSON
internal import Upstream

extension RequestPipeline {
    /// The write of a request with its idempotency key; nil: it has no key.
    ///
    /// - Parameters:
    ///   - stated: the key in the request itself; nil: the key of its message is used, else that of the header field.
    ///   - position: the index of the request among several, from 0; nil: it is the only one.
    ///   - content: the content of the request, with its protocol.
    /// - Returns: the write; nil: there is no key.
    /// - Throws: the error of an invalid key.
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
            // The field is shared by all requests of a body, so that their positions distinguish them.
            place = position ?? field.position
        } else {
            return nil
        }
        let name = IdempotentRequest.Name(spenders: service.spenders(for: caller), key: key, position: place)
        return IdempotentRequest(name, owners: service.holders(of: caller), content: content())
    }
}

extension GatewayService {
    /// The clients whose shares of sessions and of stored replies a caller uses.
    func holders(of caller: Caller) -> [ClientID] {
        caller.holders(for: broker.workspaces, configured: configuredCredentials)
    }

    /// The spenders of a write with an idempotency key: the credentials that it uses, whatever address it comes from.
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
