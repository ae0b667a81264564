internal import Gateway
internal import NIOHTTP1

/// The media types that responses come in.
///
/// https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
enum ResponseMediaType: Sendable, CaseIterable {
    /// The one that all clients know; its status tells little of the response.
    case json
    /// The one whose status tells whether the request was executed.
    case graphQLResponse

    /// The media type's name.
    var name: String {
        switch self {
        case .json: "application/json"
        case .graphQLResponse: "application/graphql-response+json"
        }
    }

    /// The value of `Content-Type`.
    var contentType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .graphQLResponse: "application/graphql-response+json; charset=utf-8"
        }
    }

    /// The status of a response.
    ///
    /// https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
    func status(of kind: GraphQLResponse.Kind) -> HTTPResponseStatus {
        switch (kind, self) {
        case (.executed, _), (.requestError, .json): .ok
        case (.requestError, .graphQLResponse), (.malformed, _): .badRequest
        case (.rateLimited, _): .tooManyRequests
        }
    }

    /// The media type that a client likes best, by its header `Accept`; nil if it takes none.
    static func negotiate(accept: String?) -> ResponseMediaType? {
        // PERF: what nearly all clients send needs no parsing.
        switch accept {
        case nil, "", "*/*", "application/json": return .json
        case "application/graphql-response+json": return .graphQLResponse
        case .some(let accept): return choose(HeaderList.split(accept[...], on: ",").compactMap { MediaType($0) })
        }
    }

    /// Whether a client takes JSON, by its header `Accept`.
    static func acceptsJSON(_ accept: String?) -> Bool {
        switch accept {
        case nil, "", "*/*", "application/json": return true
        case .some(let accept):
            let ranges = HeaderList.split(accept[...], on: ",").compactMap { MediaType($0) }
            return (preference(for: .json, in: ranges)?.weight ?? 0) > 0
        }
    }

    /// Whether `Accept` names a media type of a response, so that it is more than what any browser's request says.
    static func isNamed(in accept: String?) -> Bool {
        guard let accept else { return false }
        return HeaderList.split(accept[...], on: ",").contains { element in
            let name = MediaType(element)?.name
            return allCases.contains { $0.name == name }
        }
    }

    private struct Preference {
        let type: ResponseMediaType
        let weight: Int
        /// 2: named, 1: by its type, 0: by a range of all.
        let specificity: Int
        let position: Int
    }

    private static func choose(_ ranges: [MediaType]) -> ResponseMediaType? {
        let preferences = allCases.compactMap { preference(for: $0, in: ranges) }.filter { $0.weight > 0 }
        return preferences.min { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            if left.specificity != right.specificity { return left.specificity > right.specificity }
            return left.position < right.position
        }?.type
    }

    /// What the most specific range says of a media type.
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
