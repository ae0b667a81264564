import JSON
import Synchronization
import TestSupport
import Upstream

/// An upstream of projects and issues that reports nothing, counts the calls of each key in minutes, and has entity tags.
final class PolledUpstream: Transport {
    /// A row of a list, which is the whole object.
    typealias Row = JSONObject

    private struct State {
        /// The rows by collection, by id.
        var rows: [String: [String: Row]] = ["projects": [:], "issues": [:]]
        /// The calls of each minute since the start.
        var calls: [Int] = []
        var paths: [String] = []
        var made = 0
        var isFailing = false
        var refusesKeys = false
        /// What each object was, and from when on; nil: it was not there.
        var history: [String: [(since: ContinuousClock.Instant, row: Row?)]] = [:]
    }

    /// The key that sees what is hidden.
    static let owner = "Bearer k0"

    private let state = Mutex(State())
    private let clock: ManualClock
    private let limit: Int
    /// Whether lists are sorted as it is asked for.
    private let sorts: Bool

    /// Makes an upstream without rows.
    init(clock: ManualClock, limit: Int = 100, sorts: Bool = true) {
        (self.clock, self.limit, self.sorts) = (clock, limit, sorts)
    }

    /// How many calls each minute had.
    var callsOfMinutes: [Int] { state.withLock { $0.calls } }

    /// The paths that were asked for.
    var paths: [String] { state.withLock { $0.paths } }

    /// Whether all calls fail, without an effect.
    var isFailing: Bool {
        get { state.withLock { $0.isFailing } }
        set { state.withLock { $0.isFailing = newValue } }
    }

    /// Whether no key is accepted.
    var refusesKeys: Bool {
        get { state.withLock { $0.refusesKeys } }
        set { state.withLock { $0.refusesKeys = newValue } }
    }

    /// What an object may be shown as by who has asked for it after an instant; nil: it may be missing.
    func states(of id: String, since instant: ContinuousClock.Instant) -> [Row?] {
        state.withLock { state in
            let all = state.history[id] ?? []
            let past = all.last { $0.since < instant }
            return (past.map { [$0.row] } ?? [nil]) + all.filter { $0.since >= instant }.map(\.row)
        }
    }

    /// An object as it is; nil: there is none.
    func row(_ collection: String, _ id: String) -> Row? { state.withLock { $0.rows[collection]?[id] } }

    // MARK: - Changes

    private var time: String {
        let seconds = (clock.now - clock.start).components.seconds
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2026-01-02T\(two(3 + seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    }

    /// Makes an object; returns its id.
    @discardableResult
    func make(_ collection: String, _ members: Row) -> String {
        let time = time
        return state.withLock { state in
            state.made += 1
            let id = "\(collection)\(1000 + state.made)"
            var row = members
            (row["id"], row["created_at"], row["updated_at"]) = (.string(id), .string(time), .string(time))
            set(row, collection, id, &state)
            return id
        }
    }

    /// Changes an object.
    func change(_ collection: String, _ id: String, _ members: Row) {
        let time = time
        state.withLock { state in
            guard var row = state.rows[collection]?[id] else { return }
            for (name, value) in members { row[name] = value }
            row["updated_at"] = .string(time)
            set(row, collection, id, &state)
        }
    }

    private func set(_ row: Row?, _ collection: String, _ id: String, _ state: inout State) {
        state.rows[collection]?[id] = row
        state.history[id, default: []].append((clock.now, row))
    }

    /// Removes an object.
    func remove(_ collection: String, _ id: String) {
        state.withLock { set(nil, collection, id, &$0) }
    }

    /// The rows of a list in its own order: those made last come first.
    func list(_ collection: String, where filters: [String: String] = [:]) -> [Row] {
        state.withLock { Self.list($0, collection, filters, sort: "created_at") }
    }

    private static func list(
        _ state: State,
        _ collection: String,
        _ filters: [String: String],
        sort: String
    ) -> [Row] {
        let rows = (state.rows[collection] ?? [:]).values.filter { row in
            filters.allSatisfy { row[$0.key]?.stringValue == $0.value }
        }
        return rows.sorted {
            ($0[sort]?.stringValue ?? "", $0["id"]?.stringValue ?? "")
                > ($1[sort]?.stringValue ?? "", $1["id"]?.stringValue ?? "")
        }
    }

    // MARK: - Calls

    func send(
        _ requests: [TransportRequest],
        receive: (Int, Result<TransportResponse, TransportError>) -> Void
    ) async {
        for (position, request) in requests.enumerated() { receive(position, .success(response(to: request))) }
    }

    private func response(to request: TransportRequest) -> TransportResponse {
        let path = String(request.url.drop { $0 != "/" }.dropFirst("//upstream".count))
        let minute = Int((clock.now - clock.start).components.seconds / 60)
        let calls = state.withLock { state in
            state.paths.append(path)
            while state.calls.count <= minute { state.calls.append(0) }
            state.calls[minute] += 1
            return state.calls[minute]
        }
        let key = request.headers.first { $0.name.lowercased() == "authorization" }?.value
        let (status, body) =
            isFailing
            ? (501, "") : refusesKeys ? (401, "") : content(of: request, path, seesAll: key == Self.owner)
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in body.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        let tag = "\"\(hash)\""
        let isKnown = request.headers.contains { $0.name.lowercased() == "if-none-match" && $0.value == tag }
        let reset = 60 - (clock.now - clock.start).components.seconds % 60
        let headers = TransportHeaders([
            (name: "X-RateLimit-Limit", value: "\(limit)"),
            (name: "X-RateLimit-Remaining", value: "\(max(0, limit - calls))"),
            (name: "X-RateLimit-Reset", value: "\(reset)"), (name: "ETag", value: tag),
        ])
        return TransportResponse(
            status: isKnown ? 304 : status,
            headers: headers,
            body: isKnown ? [] : Array(body.utf8)
        )
    }

    private func content(of request: TransportRequest, _ path: String, seesAll: Bool) -> (status: Int, body: String) {
        let parts = path.split(separator: "?", maxSplits: 1)
        let segments = parts[0].split(separator: "/").map(String.init)
        if request.method != "GET" { return written(by: request, segments) }
        if segments.count == 2 {
            let row = row(segments[0], segments[1])
            return row.flatMap { seesAll || $0["hidden"] == nil ? $0 : nil }.map {
                (200, String(decoding: JSONValue.object($0).serialized(), as: UTF8.self))
            } ?? (404, "")
        }
        var parameters: [String: String] = [:]
        for pair in parts.dropFirst().first?.split(separator: "&") ?? [] {
            let halves = pair.split(separator: "=", maxSplits: 1)
            parameters[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
        }
        let page = Int(parameters["page"] ?? "1") ?? 1
        let size = Int(parameters["per_page"] ?? "25") ?? 25
        let filters = parameters.filter { !["page", "per_page", "sort", "order"].contains($0.key) }
        let sort = sorts ? parameters["sort"] ?? "created_at" : "created_at"
        let rows = state.withLock { Self.list($0, segments[0], filters, sort: sort) }
            .filter { seesAll || $0["hidden"] == nil }
        let shown = rows.dropFirst((page - 1) * size).prefix(size).map { JSONValue.object($0) }
        let list: JSONValue = ["data": .array(Array(shown)), "error": .null, "count": .integer(rows.count)]
        return (200, String(decoding: list.serialized(), as: UTF8.self))
    }

    private func written(by request: TransportRequest, _ segments: [String]) -> (status: Int, body: String) {
        let members = request.body.flatMap { try? JSONValue(parsing: $0) }?.objectValue ?? JSONObject()
        let id = segments.count == 2 ? segments[1] : make(segments[0], members)
        guard row(segments[0], id) != nil else { return (404, "") }
        if request.method == "DELETE" {
            remove(segments[0], id)
            return (204, "")
        }
        if segments.count == 2 { change(segments[0], id, members) }
        let row = JSONValue.object(row(segments[0], id) ?? JSONObject())
        return (200, String(decoding: row.serialized(), as: UTF8.self))
    }
}
