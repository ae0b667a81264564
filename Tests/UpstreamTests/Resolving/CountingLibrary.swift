import JSON
import Upstream

/// An upstream of shelves with books, of any sizes and with any habits.
struct CountingLibrary: Sendable {
    /// What the upstream does where others do otherwise.
    struct Habits: Sendable {
        enum Count: Sendable, CaseIterable { case all, page, missing }

        var count = Count.all
        var endsWithNotFound = false
        /// Whether rows of collections lack the title.
        var showsSummaries = false
        /// Whether books without a shelf lack the member instead of having null.
        var leavesOutNull = false
    }

    static let sdl = """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page", sort: "sort", order: "order")
          @cacheControl(maxAge: 60) { query: Query }
        type Query {
          shelves(first: Int, after: String): Shelves @rest(list: "/shelves")
          shelf(id: ID!): Shelf @rest(get: "/shelves/{id}")
          books(color: String, sort: String, first: Int, after: String, page: Int, perPage: Int): Books
            @rest(list: "/books{?color,sort}")
          book(id: ID!): Book @rest(get: "/books/{id}")
          node(nodeId: ID!): Node @globalID
          nodes(nodeIds: [ID!]!): [Node]! @globalID
        }
        interface Node { nodeId: ID! }
        type Shelf implements Node @entity(get: "/shelves/{id}", list: "/shelves") {
          nodeId: ID! @globalID
          id: ID!
          title: String
          books(color: String, sort: String, first: Int, after: String, last: Int, before: String): Books
            @rest(list: "/books{?shelf_id,color,sort}", by: "shelf_id")
        }
        type Book implements Node @entity(get: "/books/{id}", list: "/books") {
          nodeId: ID! @globalID
          id: ID!
          title: String
          color: String
          shelf: Shelf @reference(key: "shelf_id")
        }
        type Shelves { nodes: [Shelf!]! totalCount: Int pageInfo: PageInfo! }
        type Books { nodes: [Book!]! totalCount: Int pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """

    static let colors = ["red", "green", "blue"]

    var habits = Habits()
    /// For each book the number of its shelf; nil: it stands on none.
    let shelfOfBook: [Int?]
    let shelfCount: Int

    /// Shelves with so many books each, put up in turn, and others that stand on none.
    init(sizes: [Int], strays: Int = 0) {
        shelfCount = sizes.count
        var left = sizes
        var books: [Int?] = Array(repeating: nil, count: strays)
        while left.contains(where: { $0 > 0 }) {
            for shelf in left.indices where left[shelf] > 0 {
                books.append(shelf)
                left[shelf] -= 1
            }
        }
        shelfOfBook = books
    }

    func color(of book: Int) -> String { Self.colors[book * 7 % 11 % Self.colors.count] }

    // MARK: - Responses

    /// A transport that responds as the upstream does.
    var transport: ScriptedTransport { ScriptedTransport { response($0) } }

    private func response(_ path: String) -> ScriptedTransport.Outcome {
        let parts = path.split(separator: "?", maxSplits: 1)
        var query: [Substring: Substring] = [:]
        for item in (parts.dropFirst().first ?? "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            query[pair[0]] = pair.dropFirst().first ?? ""
        }
        let segments = parts[0].split(separator: "/")
        switch (segments[0], segments.count) {
        case ("shelves", 1): return page(of: Array(0..<shelfCount), query) { shelf($0, whole: !habits.showsSummaries) }
        case ("shelves", _): return single(segments[1], below: shelfCount) { shelf($0, whole: true) }
        case ("books", 1): return page(of: books(query), query) { book($0, whole: !habits.showsSummaries) }
        default: return single(segments[1], below: shelfOfBook.count) { book($0, whole: true) }
        }
    }

    /// Whether a path is that of a page behind the last one of its list.
    private func isBehindEnd(_ path: String) -> Bool {
        guard path.contains("page="), !path.contains("?page=1&"), !path.contains("&page=1&"),
            case .success(let response) = response(path)
        else { return false }
        return response.status == 404 || response.body.starts(with: #"{"data":[]"#.utf8)
    }

    private func books(_ query: [Substring: Substring]) -> [Int] {
        let found = shelfOfBook.indices.filter { book in
            (query["shelf_id"].map { $0 == shelfOfBook[book].map { "s\($0)" } ?? "" } ?? true)
                && (query["color"].map { $0 == color(of: book) } ?? true)
        }
        return query["sort"] == "newest" ? found.reversed() : found
    }

    private func shelf(_ number: Int, whole: Bool) -> String {
        #"{"id":"s\#(number)"\#(whole ? #","title":"Shelf \#(number)""# : "")}"#
    }

    private func book(_ number: Int, whole: Bool) -> String {
        let title = whole ? #","title":"Book \#(number)""# : ""
        let shelf =
            shelfOfBook[number].map { #","shelf_id":"s\#($0)""# } ?? (habits.leavesOutNull ? "" : #","shelf_id":null"#)
        return #"{"id":"b\#(number)","color":"\#(color(of: number))"\#(shelf)\#(title)}"#
    }

    private func single(
        _ key: Substring,
        below count: Int,
        _ row: (Int) -> String
    ) -> ScriptedTransport.Outcome {
        guard let number = Int(key.dropFirst()), number < count else { return .status(404, "") }
        return .json(row(number))
    }

    private func page(
        of all: [Int],
        _ query: [Substring: Substring],
        _ row: (Int) -> String
    ) -> ScriptedTransport.Outcome {
        guard let page = query["page"].flatMap({ Int($0) }), query["per_page"] == "100" else { return .status(400, "") }
        let rows = all.dropFirst((page - 1) * 100).prefix(100)
        if rows.isEmpty, page > 1, habits.endsWithNotFound { return .status(404, "") }
        let count =
            switch habits.count {
            case .all: #","count":\#(all.count)"#
            case .page: #","count":\#(rows.count)"#
            case .missing: ""
            }
        return .json(#"{"data":[\#(rows.map(row).joined(separator: ","))]\#(count)}"#)
    }

    // MARK: - Queries

    /// What a query costs, and what comes out.
    struct Outcome {
        let calls: Int
        /// The calls that only showed that a list ends before them.
        let callsBehindEnds: Int
        let cost: CostRange
        let response: JSONValue
    }

    /// The ways in which calls are spent.
    enum Way: Sendable {
        /// With all means, from the start.
        case gateway
        /// As with a DataLoader for each request: equal keys are fetched once.
        case perRequest
    }

    /// Runs a query in a gateway of its own, which knows nothing yet.
    func run(_ query: String, _ way: Way = .gateway) async throws -> Outcome {
        var options = CallOptimizations()
        options.batching = way == .gateway
        options.caching = way == .gateway
        let transport = transport
        let harness = try UpstreamHarness(Self.sdl, transport: transport, options: options)
        let (cost, response) = try await harness.cost(and: query)
        return Outcome(
            calls: transport.paths.count,
            callsBehindEnds: transport.paths.count { isBehindEnd($0) },
            cost: cost,
            response: response
        )
    }
}
