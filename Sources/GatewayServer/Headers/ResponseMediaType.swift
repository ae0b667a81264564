internal import Gateway
internal import NIOHTTP1

/// The media types of responses.
///
/// https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
enum ResponseMediaType: Sendable {
    /// `application/json`, which all clients accept; its status is mostly 200.
    case json
    /// `application/graphql-response+json`, whose status states whether the request was executed.
    case graphQLResponse
    /// `application/json-rpc`, which some clients of JSON-RPC use.
    ///
    /// https://www.jsonrpc.org/historical/json-rpc-over-http.html
    case jsonRPC
    case jsonRequest

    /// The media types of GraphQL responses.
    static let graphQL: [ResponseMediaType] = [.json, .graphQLResponse]
    /// The media types of JSON-RPC messages, in both directions.
    static let rpc: [ResponseMediaType] = [.json, .jsonRPC, .jsonRequest]

    /// The media type's name.
    var name: String {
        switch self {
        case .json: "application/json"
        case .graphQLResponse: "application/graphql-response+json"
        case .jsonRPC: "application/json-rpc"
        case .jsonRequest: "application/jsonrequest"
        }
    }

    /// The value of `Content-Type`.
    var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        case .jsonRPC: "application/json-rpc; charset=utf-8"
        case .jsonRequest: "application/jsonrequest; charset=utf-8"
        }
    }

    /// The status of a response.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
    func status(of kind: GraphQLResponse.Kind) -> HTTPResponseStatus {
        switch (kind, self) {
        case (.executed, _), (.unknownPersistedQuery, _): .ok
        case (.requestError, .graphQLResponse), (.malformed, _): .badRequest
        case (.requestError, _): .ok
        case (.rateLimited, _): .tooManyRequests
        case (.mismatch, _): .unprocessableEntity
        case (.conflict, _): .conflict
        }
    }

    /// The media type among several that a client prefers, by its header field `Accept`; nil if it accepts none.
    static func negotiate(accept: String?, among types: [ResponseMediaType]) -> ResponseMediaType? {
        // PERF: the values that nearly all clients send are not parsed.
        switch accept {
        case nil, "", "*/*", "application/json": return .json
        case "application/graphql-response+json" where types.contains(.graphQLResponse): return .graphQLResponse
        case .some(let accept):
            return choose(among: types, by: HeaderList.split(accept[...], on: ",").compactMap { MediaType($0) })
        }
    }

    /// Whether `Accept` names a media type of GraphQL, which browsers do not by themselves.
    static func isNamed(in accept: String?) -> Bool {
        guard let accept else { return false }
        return HeaderList.split(accept[...], on: ",").contains { element in
            let name = MediaType(element)?.name
            return graphQL.contains { $0.name == name }
        }
    }

    /// The greatest weight of a media type of GraphQL that `Accept` names; nil: it names none.
    static func greatestWeight(in accept: String) -> Int? {
        HeaderList.split(accept[...], on: ",").compactMap { element -> Int? in
            guard let type = MediaType(element), graphQL.contains(where: { $0.name == type.name }) else { return nil }
            return type["q"].map { Weight.read($0) ?? 0 } ?? Weight.most
        }.max()
    }

    private struct Preference {
        let type: ResponseMediaType
        let weight: Int
        /// 2: the range names the type, 1: `application/*`, 0: `*/*`.
        let specificity: Int
        let position: Int
    }

    private static func choose(among types: [ResponseMediaType], by ranges: [MediaType]) -> ResponseMediaType? {
        let preferences = types.compactMap { preference(for: $0, in: ranges) }.filter { $0.weight > 0 }
        return preferences.min { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            if left.specificity != right.specificity { return left.specificity > right.specificity }
            return left.position < right.position
        }?.type
    }

    /// The weight of a media type in the most specific range that includes it.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
    private static func preference(for type: ResponseMediaType, in ranges: [MediaType]) -> Preference? {
        var best: Preference?
        for (position, range) in ranges.enumerated() where range.isUTF8 {
            let specificity: Int
            switch range.name {
            case type.name: specificity = 2
            case "application/*": specificity = 1
            case "*/*": specificity = 0
            default: continue
            }
            guard let weight = range["q"].map(Weight.read) ?? Weight.most else { continue }
            guard best.map({ $0.specificity < specificity }) ?? true else { continue }
            best = Preference(type: type, weight: weight, specificity: specificity, position: position)
        }
        return best
    }
}
