package import Gateway
private import Synchronization

/// Lets another service take the place of the one that a server serves, without a connection being closed.
package final class GatewayReplacement: Sendable {
    /// Makes what serves requests of a service and options.
    typealias Make = @Sendable (GatewayService, HTTPServerOptions) -> ReplaceableGateway.Generation

    let gateway = ReplaceableGateway()
    private let make = Mutex<Make?>(nil)

    /// Makes one for a server that is to be started with it.
    package init() {}

    /// The service that new requests are served with; nil: none yet.
    package var service: GatewayService? { gateway.current?.service }

    /// Serves the first service.
    func begin(with service: GatewayService, _ options: HTTPServerOptions, make: @escaping Make) {
        self.make.withLock { $0 = make }
        gateway.replace(with: make(service, options))
    }

    /// Serves requests that come from now on with another service.
    package func replace(with service: GatewayService, options: HTTPServerOptions) {
        guard let make = make.withLock({ $0 }) else { return }
        gateway.replace(with: make(service, options))
    }
}
