import GraphQL
import JSON
import Synchronization
import Testing
import Upstream

/// An upstream of one or several workspaces whose rows come and go, and queries for them.
struct MovingRows {
    /// A row: its key, and the value that lists are sorted by.
    struct Row: Sendable, Hashable {
        let id: String
        let created: Int
    }

    /// How the upstream behaves.
    struct Habits: Sendable {
        /// What `count` is, of all rows and of those of the page; nil: there is none.
        var count: @Sendable (Int, Int) -> Int? = { all, _ in all }
        /// The most rows of a page, if fewer than are asked for.
        var cap = 100
        /// Rows that no page shows, although they have their places.
        var hides: @Sendable (Row) -> Bool = { _ in false }
        var endsWithNotFound = false
        /// Whether a workspace refuses calls.
        var refuses: @Sendable (Int) -> Bool = { _ in false }
        /// Whether responses are cached; time stands still, so that they never age.
        var caches = false
        /// How often the oldest row becomes the newest when a page has been read.
        var moves = 0
        /// How often the newest row is removed when a page has been read.
        var removals = 0
        /// What happens to the rows of a workspace when a page of it has been read.
        var whenRead: @Sendable (Int, inout [Row]) -> Void = { _, _ in }
        /// What happens to the rows before a page of the number is read.
        var beforePage: @Sendable (Int, inout [Row]) -> Void = { _, _ in }
    }

    /// Rows that are created the next time that a page is read.
    final class NewRows: Sendable {
        private let rows = Mutex<[Row]>([])

        /// An upstream where they are created.
        var habits: Habits {
            var habits = Habits()
            habits.whenRead = { [self] _, rows in rows += take() }
            return habits
        }

        /// Has so many rows created, which are newer than all others.
        func create(_ count: Int) {
            rows.withLock { $0 = (0..<count).map { Row(id: "new\($0)", created: 500 + $0) } }
        }

        private func take() -> [Row] {
            rows.withLock { rows in
                defer { rows = [] }
                return rows
            }
        }
    }

    private final class State: Sendable {
        let rows = Mutex<[[Row]]>([])
    }

    /// How often something happens still.
    private final class Left: Sendable {
        private let count: Mutex<Int>

        init(_ count: Int) { self.count = Mutex(count) }

        func take() -> Bool {
            count.withLock { count in
                count -= 1
                return count >= 0
            }
        }
    }

    private static func sdl(caches: Bool) -> String {
        """
        schema @upstream(items: "data", total: "count", page: "page", perPage: "per_page", sort: "sort", order: "order",
          defaultSort: "created", defaultOrder: "desc") \(caches ? "@cacheControl(maxAge: 60)" : "") { query: Query }
        type Query {
          rows(first: Int, after: String, last: Int, before: String, page: Int, perPage: Int, sort: String, order: Order,
            workspaces: [String!]): Rows @rest(list: "/rows{?sort,order}")
        }
        enum Order { ASC DESC }
        type Row @entity(get: "/rows/{id}") { id: ID! created: Int }
        type Rows { nodes: [Row!]! edges: [Edge!]! pageInfo: PageInfo! totalCount: Int }
        type Edge { node: Row! cursor: String! }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
        """
    }

    let transport: ScriptedTransport
    private let state = State()
    private let bound: BoundSchema
    private let broker: CallBroker

    /// Workspaces with rows.
    init(_ workspaces: [[Row]], habits: Habits = Habits()) throws {
        bound = try BoundSchema(Self.sdl(caches: habits.caches))
        try #require(bound.errors == [])
        let state = state
        state.rows.withLock { $0 = workspaces }
        let (moves, removals) = (Left(habits.moves), Left(habits.removals))
        let transport = ScriptedTransport { path in
            state.rows.withLock { all in
                if let workspace = Self.workspace(of: path),
                    let page = Self.query(of: path)["page"].flatMap({ Int($0) })
                {
                    habits.beforePage(page, &all[workspace])
                }
                defer {
                    if moves.take() { Self.moveOldest(&all[0]) }
                    if removals.take() { Self.removeNewest(&all[0]) }
                    if let workspace = Self.workspace(of: path) { habits.whenRead(workspace, &all[workspace]) }
                }
                return Self.respond(path, all, habits)
            }
        }
        self.transport = transport
        let conventions = bound.table.conventions
        broker = CallBroker(
            workspaces: workspaces.indices.map { index in
                Workspace(
                    index: index,
                    slug: "w\(index)",
                    client: UpstreamClient(baseURL: "\(ScriptedTransport.baseURL)/\(index)", transport: transport),
                    conventions: conventions,
                    now: { CallBroker.frozenTime }
                )
            },
            now: { CallBroker.frozenTime }
        )
    }

    private static func respond(_ path: String, _ all: [[Row]], _ habits: Habits) -> ScriptedTransport.Outcome {
        let query = query(of: path)
        guard !query.isEmpty, let workspace = workspace(of: path) else { return .status(404, "") }
        if habits.refuses(workspace) { return .status(403, "") }
        guard let page = query["page"].flatMap({ Int($0) }), let perPage = query["per_page"].flatMap({ Int($0) }) else {
            return .status(400, "")
        }
        let isAscending = query["order"] == "asc"
        let rows = all[workspace].sorted { left, right in
            if left.created == right.created { return left.id < right.id }
            return isAscending ? left.created < right.created : left.created > right.created
        }
        let size = min(perPage, habits.cap)
        let found = rows.dropFirst((page - 1) * size).prefix(size)
        if found.isEmpty, page > 1, habits.endsWithNotFound { return .status(404, "") }
        let shown = found.filter { !habits.hides($0) }
        let data = shown.map { #"{"id":"\#($0.id)","created":\#($0.created)}"# }.joined(separator: ",")
        let count = habits.count(rows.count, shown.count).map { #","count":\#($0)"# } ?? ""
        return .json(#"{"data":[\#(data)]\#(count)}"#)
    }

    /// The parameters of a request's query.
    private static func query(of path: String) -> [Substring: Substring] {
        path.drop { $0 != "?" }.dropFirst().split(separator: "&").reduce(into: [:]) { query, item in
            let pair = item.split(separator: "=")
            query[pair[0]] = pair[1]
        }
    }

    /// The workspace that a request is for.
    private static func workspace(of path: String) -> Int? {
        let segments = path.prefix { $0 != "?" }.split(separator: "/")
        return segments.count == 2 ? Int(segments[0]) : nil
    }

    private static func moveOldest(_ rows: inout [Row]) {
        guard let oldest = rows.indices.min(by: { rows[$0].created < rows[$1].created }),
            let newest = rows.map(\.created).max()
        else { return }
        rows[oldest] = Row(id: rows[oldest].id, created: newest + 1)
    }

    private static func removeNewest(_ rows: inout [Row]) {
        let newest = rows.map(\.created).max()
        rows.removeAll { $0.created == newest }
    }

    /// How many workspaces there are.
    var workspaceCount: Int { state.rows.withLock { $0.count } }

    /// Changes the rows of a workspace.
    func change(_ workspace: Int = 0, _ body: (inout [Row]) -> Void) {
        state.rows.withLock { body(&$0[workspace]) }
    }

    /// The rows of a workspace.
    func rows(_ workspace: Int = 0) -> [Row] { state.rows.withLock { $0[workspace] } }

    /// Runs a query as a request of its own; returns its field `rows`, and all errors.
    func ask(_ arguments: String) async throws -> (rows: JSONValue?, errors: JSONValue?) {
        let selection =
            "{ edges { node { id } cursor } nodes { id } totalCount "
            + "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
        return try await run("{ rows(\(arguments)) \(selection) }")
    }

    /// Runs any query.
    func run(_ query: String) async throws -> (rows: JSONValue?, errors: JSONValue?) {
        let session = CallSession(
            broker: broker,
            context: CallContext(
                credentials: broker.workspaces.map { _ in Credential(authorization: nil) },
                // A merge waits for half of it, so that what it reads does not depend on the speed of the machine.
                deadline: CallBroker.frozenTime + .seconds(60),
                caller: CallerID("test")
            )
        )
        let response = try await bound.run(query, for: session).response
        return (response["data"]?["rows"], response["errors"])
    }

    /// The ids of a connection's rows.
    static func ids(_ rows: JSONValue?) -> [String] {
        rows?["nodes"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
    }
}

extension MovingRows {
    /// Rows `r0`, `r1` and so on, created one after the other.
    static func numbered(_ count: Int, prefix: String = "r") -> [Row] {
        (0..<count).map { Row(id: "\(prefix)\($0)", created: $0) }
    }
}
