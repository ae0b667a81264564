internal import JSON
internal import JSONRPC

/// A request `subscriptions/listen`, whose response is a stream of notifications.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions
struct MCPListening: Sendable {
    let exchange: MCPExchange
    let resources: [MCPFollowing]
    /// The id of the stream's own session.
    let sessionID: String
    let caller: Caller

    /// Subscribes to the resources; returns the URIs of those that the caller can read, in the order of the request.
    func follow(in session: MCPSession) async -> [String] {
        await withTaskGroup(of: (Int, Bool).self) { group in
            for (position, resource) in resources.enumerated() {
                group.addTask { (position, await resource.begin(in: session, exchange) == nil) }
            }
            let followed = await group.reduce(into: Set<Int>()) { if $1.1 { $0.insert($1.0) } }
            return resources.indices.filter(followed.contains).map { resources[$0].uri }
        }
    }

    /// The first message of the stream: the subscriptions that it has.
    func acknowledgement(of uris: [String]) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        output.append("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{")
        appendMetadata(to: &output)
        output.append(",\"notifications\":")
        // Tools only change when the gateway is restarted, and there are no lists of prompts or resources.
        let followed: JSONObject = uris.isEmpty ? [:] : ["resourceSubscriptions": .array(uris.map { .string($0) })]
        JSONValue.object(followed).write(into: &output)
        output.append("}}")
        return output.array()
    }

    /// The last message of a stream that the gateway ends.
    var end: [UInt8] {
        var result = OutputBuffer(minimumCapacity: 128)
        result.append("{\"resultType\":\"complete\",")
        appendMetadata(to: &result)
        result.append("}")
        var output = OutputBuffer(minimumCapacity: 256)
        output.append(rpcResult: result.array()[...], id: exchange.id)
        return output.array()
    }

    /// Writes the `_meta` member with the id of the request that a message belongs to.
    func appendMetadata(to output: inout OutputBuffer) {
        output.append("\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":")
        output.append(contentsOf: exchange.id.text)
        output.append("}")
    }
}
