import Testing

@testable import Upstream

/// The size of a list is remembered under its path without the parameters that say how it is sorted.
@Suite struct UnsortedPathTests {
    private static let paths: [(path: String, unsorted: String)] = [
        ("/issues", "/issues"), ("/issues?status=open", "/issues?status=open"), ("/issues?sort=title", "/issues"),
        ("/issues?sort=title&order=asc", "/issues"), ("/issues?a=1&sort=title&b=2&order=asc", "/issues?a=1&b=2"),
        ("/issues?order=asc&a=1", "/issues?a=1"), ("/issues?sort&a=1", "/issues?a=1"),
        ("/issues?sorted=1&reorder=2", "/issues?sorted=1&reorder=2"), ("/sort=1&order=2", "/sort=1&order=2"),
        ("/issues?a=sort=title", "/issues?a=sort=title"), ("", ""),
    ]

    @Test(arguments: paths.indices) func theParametersToSortByAreLeftOut(index: Int) {
        var conventions = UpstreamConventions()
        (conventions.sortParameter, conventions.orderParameter) = ("sort", "order")
        #expect(conventions.unsorted(Self.paths[index].path) == Self.paths[index].unsorted)
    }

    @Test func withoutSuchParametersAPathStaysAsItIs() {
        var conventions = UpstreamConventions()
        (conventions.sortParameter, conventions.orderParameter) = (nil, nil)
        #expect(conventions.unsorted("/issues?sort=title") == "/issues?sort=title")
    }
}
