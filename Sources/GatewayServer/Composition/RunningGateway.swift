package import Gateway

/// The state that stays when a reload replaces the configuration, so that connections stay open.
package final class RunningGateway: Sendable {
    /// The gateway of new requests, which a reload replaces.
    let gateway = ReplaceableGateway()
    /// Whether the server shuts down.
    let state = ServerState()
    /// The requests that wait for the upstream, across all configurations.
    let inFlight = RequestsInFlight()

    /// The service of new requests; nil: there is none yet.
    package var service: GatewayService? { gateway.current?.service }

    /// The current status of the service and the caches in front of it; nil: there is no service yet.
    package var status: GatewayStatus? {
        guard let current = gateway.current else { return nil }
        var status = current.service.status
        status.caches += current.cacheUse()
        return status
    }

    package init() {
        // The gateway is read when the server shuts down, so that it is the current one.
        state.whenStreamsMustEnd { [weak gateway] in gateway?.current?.endStreams() }
    }

    /// Serves requests from now on with a gateway that was built to replace the previous one.
    package func serve(_ next: BuiltGateway) { gateway.replace(with: next.generation) }
}
