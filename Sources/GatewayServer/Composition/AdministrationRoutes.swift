internal import Gateway

/// The routes of the administration socket: health, metrics, profiles and the cockpit.
struct AdministrationRoutes {
    let running: RunningGateway
    let options: HTTPServerOptions

    /// All routes.
    var all: [Route] { healthRoutes + metricsRoutes + profileRoutes + cockpitRoutes }

    private var healthRoutes: [Route] {
        let ready = HealthEndpoint { [state = running.state] in !state.isDraining }
        return [Route("/health/ready", ready), Route("/health/live", HealthEndpoint { true })]
    }

    private var metricsRoutes: [Route] {
        options.metrics.map { [Route("/metrics", MetricsEndpoint(exposition: $0))] } ?? []
    }

    private var profileRoutes: [Route] {
        options.profiler.map { [Route(ProfileEndpoint.path, ProfileEndpoint(recorder: $0))] } ?? []
    }

    private var cockpitRoutes: [Route] {
        guard let log = options.spending else { return [] }
        let endpoint = CockpitEndpoint(
            interval: options.cockpitInterval,
            isStopping: { [state = running.state] in state.isDraining },
            cockpit: { [gateway = running.gateway] in
                gateway.current.map { Cockpit($0.service, caches: $0.cacheUse(), log: log) }
            }
        )
        // Nothing but the socket itself says who may see these figures: a page of another site must not lead a browser to it.
        let hostCheck = HostCheck(ofAllRequests: options.origins)
        return [Route("/cockpit/report", endpoint, filters: [hostCheck])] + options.pages.cockpitRoutes
    }
}
