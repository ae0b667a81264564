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

    /// Serves requests that come from now on with a gateway that has been built to replace the one until now.
    package func serve(_ next: BuiltGateway) {
        state.whenStreamsMustEnd { [weak service = next.service] in service?.endSubscriptions() }
        state.whenStreamsMustEnd(next.generation.endNotifications)
        gateway.replace(with: next.generation)
    }
}
