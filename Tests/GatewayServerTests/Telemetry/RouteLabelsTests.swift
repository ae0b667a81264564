import NIOHTTP1
import Testing

@testable import GatewayServer

/// What requests are called in metrics by their paths.
@Suite struct RouteLabelsTests {
    private struct Silent: Endpoint {
        func reply(to request: HTTPRequest) -> HTTPReply { .now(.text(.ok, "")) }
    }

    private let labels = RouteLabels([
        Route("/", Silent(), label: "root"), Route("/graphql", Silent()), Route("/rpc", Silent()),
        Route("/pages/a b", Silent(), label: "/pages/", takesEncodedPaths: true), Route("/health", Silent()),
        Route("/healts", Silent()),
    ])

    @Test(
        arguments: [
            ("/", "root"), ("//", "root"), ("/graphql", "/graphql"), ("/graphql/", "/graphql"), ("/rpc", "/rpc"),
            ("/health", "/health"), ("/healts", "/healts"), ("/pages/a%20b", "/pages/"), ("/pages/a%20b/", "/pages/"),
        ]
    ) func aPathHasTheLabelOfItsRoute(_ path: String, _ label: String) {
        #expect(labels[path[...]] == label)
    }

    @Test(
        arguments: [
            "", "///", "/graphql//", "/graphq", "/graphqlx", "/Graphql", "/graph%71l", "/pages/", "/pages/a%20c", "/%",
        ]
    ) func aPathOfNoRouteHasNone(_ path: String) {
        #expect(labels[path[...]] == nil)
    }
}
