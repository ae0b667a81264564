internal import Gateway
internal import NIOHTTP1

/// Records a CPU profile of the process during the next seconds, and sends it.
///
/// Path, parameter and format are those of Go's `net/http/pprof`, which profilers support: https://pkg.go.dev/net/http/pprof
struct ProfileEndpoint: Endpoint {
    /// Records profiles.
    let recorder: any ProfileRecording

    /// The path at which profilers look for it.
    static let path = "/debug/pprof/profile"
    /// The supported methods.
    private static let methods = "GET"
    /// The longest profile, in seconds.
    private static let longest = 60
    /// The length of a profile if the request states none, in seconds.
    private static let usual = 10

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET else { return .now(.methodNotAllowed(allowed: Self.methods)) }
        guard let seconds = Self.seconds(request.query) else {
            let message = "The parameter \"seconds\" must be a number from 1 to \(Self.longest)."
            return .now(.error(.badRequest, .badRequest, message).with("cache-control", "no-store"))
        }
        return .later {
            // Resolving the names of functions would block a connection's thread for too long.
            let response = await withTaskExecutorPreference(LongWorkExecutor.shared) { await profile(seconds) }
            return response.with("cache-control", "no-store")
        }
    }

    private func profile(_ seconds: Int) async -> HTTPResponse {
        let body: [UInt8]
        do throws(ProfileFailure) {
            body = try await recorder.record(for: .seconds(seconds))
        } catch {
            return Self.response(to: error, seconds)
        }
        let response = HTTPResponse(status: .ok, contentType: "application/octet-stream", body: body)
        return response.with("content-disposition", "attachment; filename=\"profile\"")
    }

    private static func response(to failure: ProfileFailure, _ seconds: Int) -> HTTPResponse {
        switch failure {
        case .busy:
            let message = "Another profile is being recorded: try again later."
            return .error(.serviceUnavailable, .overloaded, message).with("retry-after", "\(seconds)")
        case .system(let number):
            let message = "The system cannot profile the process now (errno \(number))."
            return .error(.serviceUnavailable, .overloaded, message)
        }
    }

    /// The length of the profile in seconds; nil: the parameter is not valid.
    private static func seconds(_ query: Substring?) -> Int? {
        let parameters = (query ?? "").split(separator: "&")
        guard let parameter = parameters.last(where: { $0.hasPrefix("seconds=") }) else { return usual }
        return Int(parameter.dropFirst("seconds=".count)).flatMap { (1...longest).contains($0) ? $0 : nil }
    }
}
