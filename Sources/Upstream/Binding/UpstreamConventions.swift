internal import GraphQL
package import JSON

/// How an upstream wraps, pages and reports errors: the arguments of `@upstream`.
package struct UpstreamConventions: Sendable {
    /// The member that holds a collection's rows; nil: the answer is the array itself.
    package var items: JSONKey?
    /// The member that counts all rows of a collection.
    package var total: JSONKey?
    /// The query parameter for the page's number; nil: collections are not paged.
    package var pageParameter: String?
    /// The query parameter for the number of rows in a page.
    package var perPageParameter: String?
    /// The query parameters for the member to sort by and the direction.
    package var sortParameter: String?
    package var orderParameter: String?
    /// What they are if not given; nil: unknown.
    package var defaultSort: String?
    package var defaultOrder: String?
    /// The most rows of a page.
    package var maximumPerPage = 100
    /// The number of rows of a field whose arguments do not say.
    package var defaultPerPage = 25
    /// The member of an error's body that tells what happened.
    package var message = JSONKey("message")
    /// The member of an error's body that holds a code, a text or an object with the message.
    package var error = JSONKey("error")

    package init() {}

    /// Reads the arguments of the directive.
    init(_ arguments: DirectiveArguments) {
        items = arguments.string("items").map { JSONKey($0) }
        total = arguments.string("total").map { JSONKey($0) }
        pageParameter = arguments.string("page")
        perPageParameter = arguments.string("perPage")
        sortParameter = arguments.string("sort")
        orderParameter = arguments.string("order")
        defaultSort = arguments.string("defaultSort")
        defaultOrder = arguments.string("defaultOrder")
        maximumPerPage = max(1, arguments.integer("maxPerPage") ?? 100)
        defaultPerPage = max(1, arguments.integer("defaultPerPage") ?? 25)
        message = JSONKey(arguments.string("message") ?? "message")
        error = JSONKey(arguments.string("error") ?? "error")
    }

    /// Whether collections come in pages.
    package var isPaged: Bool { pageParameter != nil && perPageParameter != nil }

    /// A collection's path without the parameters to sort by: they do not change how many rows it has.
    func unsorted(_ path: String) -> String {
        guard let mark = path.firstIndex(of: "?") else { return path }
        let parameters = path[path.index(after: mark)...].split(separator: "&")
        let cached = parameters.filter { parameter in
            let name = parameter.prefix { $0 != "=" }
            return sortParameter.map { name != $0 } ?? true && orderParameter.map { name != $0 } ?? true
        }
        return cached.isEmpty ? String(path[..<mark]) : "\(path[..<mark])?\(cached.joined(separator: "&"))"
    }
}

/// The literal arguments of one applied directive; defaults are the reader's.
struct DirectiveArguments {
    private let node: DirectiveNode

    /// The first directive of that name among those applied.
    init?(_ name: String, in directives: [DirectiveNode]) {
        guard let node = directives.first(where: { $0.name.value == name }) else { return nil }
        self.node = node
    }

    /// Where the directive stands.
    var range: SourceRange { node.range }

    private func value(_ name: String) -> ValueNode? {
        node.arguments.first { $0.name.value == name }?.value
    }

    /// A string argument.
    func string(_ name: String) -> String? {
        if case .string(let node)? = value(name) { node.value } else { nil }
    }

    /// A list of strings, or one string.
    func strings(_ name: String) -> [String] {
        switch value(name) {
        case .string(let node)?: [node.value]
        case .list(let items, _)?: items.compactMap { if case .string(let node) = $0 { node.value } else { nil } }
        default: []
        }
    }

    /// An integer argument.
    func integer(_ name: String) -> Int? {
        if case .int(let text, _)? = value(name) { Int(text) } else { nil }
    }

    /// The names of the arguments that have a value.
    var names: [String] {
        node.arguments.compactMap { if case .null = $0.value { nil } else { $0.name.value } }
    }
}
