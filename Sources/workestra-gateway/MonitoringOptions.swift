internal import ArgumentParser
internal import Configuration

/// The options of metrics and traces.
struct MonitoringOptions: ParsableArguments {
    @Flag(help: "Show metrics at /metrics, to everyone who can reach the address.")
    var metrics = false

    @Option(
        name: .customLong("otlp-endpoint"),
        help: "The base URL of a collector that accepts traces by OTLP over HTTP, such as http://127.0.0.1:4318."
    )
    var otlpEndpoint: String?

    @Option(help: "The share of requests without traceparent that are traced, from 0 to 1.")
    var traceSampling: Double = 1

    func validate() throws {
        guard (0...1).contains(traceSampling) else { throw ValidationError("--trace-sampling is from 0 to 1.") }
        guard let otlpEndpoint else { return }
        guard otlpEndpoint.hasPrefix("http://") || otlpEndpoint.hasPrefix("https://") else {
            throw ValidationError("--otlp-endpoint must begin with http:// or https://.")
        }
        if let problem = BaseURL.problem(with: otlpEndpoint) { throw ValidationError("--otlp-endpoint: \(problem)") }
    }
}
