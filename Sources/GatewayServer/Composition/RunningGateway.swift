package import Gateway

/// What stays of a gateway while one configuration takes the place of another: its connections notice nothing of that.
package final class RunningGateway: Sendable {
    /// What new requests are served with.
    let gateway = ReplaceableGateway()
    /// Whether the server stops.
    let state = ServerState()
    /// The requests that wait for the upstream, of all configurations together.
    let inFlight = RequestsInFlight()

    /// The service that new requests are served with; nil: none yet.
    package var service: GatewayService? { gateway.current?.service }

    /// What it holds now; nil: there is no service yet.
    package var status: GatewayStatus? {
        guard let current = gateway.current else { return nil }
        var status = current.service.status
        status.caches += current.cacheUse()
        return status
    }

    package init() {
        // Asked for when the server stops, so that it does not matter how many configurations there have been.
        state.whenStreamsMustEnd { [weak gateway] in gateway?.current?.endStreams() }
    }

    /// Serves requests that come from now on with a gateway that has been built to replace the one until now.
    package func serve(_ next: BuiltGateway) { gateway.replace(with: next.generation) }
}
