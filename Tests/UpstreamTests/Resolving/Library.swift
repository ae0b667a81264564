import JSON
import Synchronization
import TestSupport
import Upstream

/// An upstream of books that takes its time: each request takes effect at some time between its arrival and its response.
///
/// A book's version counts the writes of it; its deletion is the last.
final class Library: Sendable {
    struct Book: Sendable {
        var version = 1
        var isDeleted = false
    }

    private struct State {
        var books: [String: Book]
        var random: SeededGenerator
        /// What a write has made of a book, by the mark in its body.
        var made: [String: (id: String, version: Int)] = [:]
        /// What every read that begins from now on must know.
        var floor: [String: Int] = [:]
    }

    private let state: Mutex<State>

    init(books: Int, seed: UInt64) {
        let all = (1...books).map { ("\($0)", Book()) }
        state = Mutex(State(books: Dictionary(all) { first, _ in first }, random: SeededGenerator(seed: seed)))
    }

    static let sdl = """
        schema @upstream(items: "data", page: "page", perPage: "size", maxPerPage: 1000)
          @cacheControl(maxAge: 60, staleWhileRevalidate: 60, staleIfError: 60) { query: Query mutation: Mutation }
        type Query {
          book(id: ID!): Book @rest(get: "/books/{id}")
          books: [Book!] @rest(list: "/books")
          loans: [Loan!] @rest(list: "/loans")
        }
        type Loan { book: Book @reference(key: "book_id") }
        type Mutation {
          add(input: Change!): Book @rest(post: "/books")
          change(id: ID!, input: Change!): Book @rest(patch: "/books/{id}")
          remove(id: ID!, mark: ID!): Removed @rest(delete: "/books/{id}{?mark}")
        }
        input Change { mark: ID! }
        type Removed { id: ID @written(view: "KEY") }
        type Book @entity(get: "/books/{id}", list: "/books") { id: ID! version: Int }
        """

    // MARK: - The upstream

    /// Responds to a request, now and then with nothing, a summary, or a failure with or without an effect.
    func response(_ request: TransportRequest) async -> ScriptedTransport.Outcome {
        await pause()
        let response = state.withLock { state in
            let isLost = state.random.next() % 16 == 0
            let mayBeLost = state.random.next() % 2 == 0
            if isLost, mayBeLost { return ScriptedTransport.Outcome.broken(.timedOut) }
            let response = Self.carryOut(request, &state)
            return isLost ? .broken(.closedEarly) : response
        }
        await pause()
        return response
    }

    private func pause() async {
        let turns = state.withLock { $0.random.next() % 12 }
        for _ in 0..<turns { await Task.yield() }
    }

    private static func carryOut(_ request: TransportRequest, _ state: inout State) -> ScriptedTransport.Outcome {
        let path = request.path.prefix { $0 != "?" }
        if request.method == "GET", path == "/loans" {
            return .json(#"{"data":[{"book_id":"1"},{"book_id":"2"},{"book_id":"3"},{"book_id":"2"}]}"#)
        }
        if request.method == "GET", path == "/books" { return page(of: request.path, state) }
        let id = request.method == "POST" ? "\(state.books.count + 1)" : String(path.split(separator: "/").last ?? "")
        if request.method == "GET" {
            guard let book = state.books[id], !book.isDeleted else { return .status(404, "") }
            return .json(text(id, book))
        }
        guard request.method == "POST" || state.books[id]?.isDeleted == false else { return .status(404, "") }
        var book = state.books[id] ?? Book(version: 0)
        book.version += 1
        book.isDeleted = request.method == "DELETE"
        state.books[id] = book
        let body = request.body.flatMap { try? JSONValue(parsing: $0) }
        let mark = body?["mark"]?.stringValue ?? request.path.split(separator: "=").last.map(String.init) ?? ""
        state.made[mark] = (id, book.version)
        switch state.random.next() % 4 {
        case 0: return .status(204, "", headers: [("Location", "/v1/books/\(id)")])
        case 1: return .json(#"{"id":"\#(id)"}"#)
        default: return .status(201, #"{"data":\#(text(id, book))}"#)
        }
    }

    private static func page(of path: String, _ state: State) -> ScriptedTransport.Outcome {
        let page = path.split(whereSeparator: { "?&".contains($0) }).first { $0.hasPrefix("page=") }
        let number = page.flatMap { Int($0.dropFirst(5)) } ?? 1
        let rows = state.books.filter { !$0.value.isDeleted }.sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }
        let shown = rows.dropFirst((number - 1) * 1000).prefix(1000).map { text($0.key, $0.value) }
        return .json(#"{"data":[\#(shown.joined(separator: ","))]}"#)
    }

    private static func text(_ id: String, _ book: Book) -> String { #"{"id":"\#(id)","version":\#(book.version)}"# }

    // MARK: - What must be known

    /// A number below a bound.
    func random(below bound: UInt64) -> Int { state.withLock { Int($0.random.next() % bound) } }

    /// The least versions that a read which begins now may show.
    var floor: [String: Int] { state.withLock { $0.floor } }

    /// Notes that a write has its response: reads that begin from now on must reflect it.
    func didRespond(mark: String) {
        state.withLock { state in
            guard let (id, version) = state.made[mark] else { return }
            state.floor[id] = max(state.floor[id] ?? 0, version)
        }
    }

    /// Whether a read that began when `floor` held may show a version of a book; nil: that there is none.
    func allows(_ version: Int?, of id: String, _ floor: [String: Int]) -> Bool {
        guard let version else {
            return state.withLock { $0.books[id]?.isDeleted ?? true } || floor[id] == nil && Int(id) ?? 0 > 6
        }
        return version >= floor[id] ?? 0
    }
}
