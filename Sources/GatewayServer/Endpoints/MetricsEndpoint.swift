internal import Gateway
internal import NIOHTTP1

/// Shows metrics to a monitoring system, in the text format that it prefers.
///
/// https://prometheus.io/docs/instrumenting/content_negotiation/
struct MetricsEndpoint: Endpoint {
    /// The source of the metrics.
    let exposition: any MetricsExposition

    /// The supported methods.
    static let methods = "GET, HEAD"

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET || request.method == .HEAD else {
            return .now(.methodNotAllowed(allowed: Self.methods))
        }
        let page = exposition.page(inOpenMetrics: Self.prefersOpenMetrics(request.header("accept")))
        let response = HTTPResponse(status: .ok, contentType: page.contentType, body: page.body)
        return .now(response.with("cache-control", "no-store").with("vary", "accept"))
    }

    /// Whether a client accepts OpenMetrics, and prefers no other format to it.
    static func prefersOpenMetrics(_ accept: String?) -> Bool {
        guard let accept else { return false }
        var (openMetrics, text) = (0, 0)
        for element in HeaderList.split(accept[...], on: ",") {
            guard let range = MediaType(element), range.isUTF8,
                let weight = range["q"].map(Weight.read) ?? Weight.most
            else { continue }
            switch range.name {
            case "application/openmetrics-text" where ["0.0.1", "1.0.0", nil].contains(range["version"]):
                openMetrics = max(openMetrics, weight)
            case "text/plain", "text/*": text = max(text, weight)
            default: break
            }
        }
        return openMetrics > 0 && openMetrics >= text
    }
}
