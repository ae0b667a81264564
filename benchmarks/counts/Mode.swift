import GatewayServer
import Upstream

/// What the requests of a run have in common.
enum Mode: String, CaseIterable {
    /// The same request again and again.
    case whole
    /// A few texts in turn.
    case named
    /// Every operation is new; results are cached, so that operations that differ in aliases alone use them again.
    case cached
    /// As `cached`, with metrics and a sampled access log.
    case observed
    /// Every operation is new and is executed over cached responses.
    case executed
    /// The same text with other variables each time, executed over cached responses.
    case variables
    /// Custom fields of each row: three hundred values whose names are arguments.
    case customFields
    /// Equal requests at the same time; nothing is cached.
    case coalesced
    /// A key for each request; nothing is cached.
    case keys
    /// The same JSON-RPC call again and again, with an id of its own.
    case rpc

    /// Which optimizations of upstream calls are in use.
    var optimizations: CallOptimizations {
        var optimizations = CallOptimizations()
        if self == .coalesced || self == .keys { optimizations.caching = false }
        return optimizations
    }

    /// How many requests fill the gateway's memory before others are counted.
    var fewest: Int {
        switch self {
        case .named: 4 * Self.texts
        // The first line of an access log takes what no other one does.
        case .observed: 1000
        default: 50
        }
    }

    /// The number of texts that come in turn.
    private static let texts = 512

    /// Where requests are sent.
    var path: String { self == .rpc ? "/rpc" : "/graphql" }

    /// The body of the request of a number.
    func body(_ number: Int) -> String {
        switch self {
        case .whole, .coalesced, .keys: Self.query(0)
        case .variables:
            #"{"query":"query($n: String!) { posts { id userId title user { id name email } } first: user(id: 1) { x: member(name: $n) } }","variables":{"n":"m\#(100_000 + number)"}}"#
        case .customFields:
            #"{"query":"query($n: String!) { posts { x: member(name: \"title\") y: member(name: \"body\") z: member(name: $n) } }","variables":{"n":"m\#(100_000 + number)"}}"#
        case .named: Self.query(number % Self.texts)
        case .cached, .observed, .executed: Self.query(number)
        case .rpc:
            #"{"jsonrpc":"2.0","method":"graphql.execute","params":\#(Self.query(0)),"id":\#(100_000 + number)}"#
        }
    }

    /// The key that the request of a number brings.
    func key(_ number: Int) -> String { self == .keys ? "key\(number)" : "benchmark" }

    private static func query(_ number: Int) -> String {
        let query =
            "query($v: Boolean!) { p\(100_000 + number): posts @include(if: $v) { id userId title user { id name email } } }"
        return "{\"query\": \"\(query)\", \"variables\": {\"v\": true}}"
    }
}

/// Sends the requests, after a few that fill the gateway's memory.
func sendRequests(_ count: Int, _ mode: Mode, to server: HTTPServer) {
    guard let client = BlockingClient(to: server.address) else { fail("The gateway cannot be reached.") }
    for number in 0..<mode.fewest + count {
        client.send(mode.body(number), to: mode.path, key: mode.key(number))
        guard let length = client.response() else { fail("Request \(number) has no response.") }
        guard length > 2000 else { fail("The response to request \(number) has only \(length) bytes.") }
    }
}
