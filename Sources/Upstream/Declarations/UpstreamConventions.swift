internal import GraphQL
package import JSON

/// How an upstream wraps, pages and reports errors: the arguments of `@upstream`.
package struct UpstreamConventions: Sendable {
    /// The member that holds a collection's rows; nil: the response is the array itself.
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
    /// Their defaults; nil: unknown.
    package var defaultSort: String?
    package var defaultOrder: String?
    /// The most rows of a page.
    package var maximumPerPage: Int
    /// The number of rows of a field whose arguments do not say.
    package var defaultPerPage: Int
    /// The member of an error's body that describes the error.
    package var message: JSONKey
    /// The member of an error's body that holds a code, a text or an object with the message.
    package var error: JSONKey
    /// The member that is false where a status of success belongs to a failure.
    package var success: JSONKey
    /// The members of an error's body that say for how long no call should be made.
    package var retryAfter: [JSONKey]
    /// The names of arguments that choose workspaces by slug.
    var workspaceArguments: [String]
    /// The names of arguments that choose a page of rows.
    var pagingNames: PagingNames
    /// How an error's body blames members of a write's body.
    var blame: BlameConventions

    /// The conventions of a schema that says nothing of them.
    package init() {
        self.init(DirectiveArguments(defaultsOf: .upstream))
    }

    /// Reads the arguments of the directive.
    init(_ arguments: DirectiveArguments) {
        func key(_ name: String) -> JSONKey { JSONKey(arguments.string(name) ?? "") }
        items = arguments.string("items").map { JSONKey($0) }
        total = arguments.string("total").map { JSONKey($0) }
        pageParameter = arguments.string("page")
        perPageParameter = arguments.string("perPage")
        sortParameter = arguments.string("sort")
        orderParameter = arguments.string("order")
        defaultSort = arguments.string("defaultSort")
        defaultOrder = arguments.string("defaultOrder")
        maximumPerPage = max(1, arguments.integer("maxPerPage") ?? 1)
        defaultPerPage = max(1, arguments.integer("defaultPerPage") ?? 1)
        message = key("message")
        error = key("error")
        success = key("success")
        retryAfter = arguments.strings("retryAfter").map { JSONKey($0) }
        workspaceArguments = arguments.strings("workspaceArguments")
        pagingNames = PagingNames(
            page: arguments.string("pageArgument") ?? "",
            perPage: arguments.string("perPageArgument") ?? ""
        )
        blame = BlameConventions(
            lists: arguments.strings("blameLists"),
            names: arguments.strings("blameNames"),
            reasons: arguments.strings("blameReasons")
        )
    }

    /// The members of an envelope around an object or rows.
    var envelopeMembers: [JSONKey] { [items, total, message, error, success].compactMap(\.self) }

    /// Whether collections come in pages.
    package var isPaged: Bool { pageParameter != nil && perPageParameter != nil }

    /// A collection's path without the parameters to sort by: they do not change how many rows it has.
    func unsorted(_ path: String) -> String {
        // PERF: bytes instead of characters, which took half of a request that reads 20 cached lists.
        let bytes = path.utf8
        guard sortParameter != nil || orderParameter != nil, let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else {
            return path
        }
        let parameters = bytes[bytes.index(after: mark)...].split(separator: UInt8(ascii: "&"))
        let sorts: (Substring.UTF8View) -> Bool = { parameter in
            let name = parameter.prefix { $0 != UInt8(ascii: "=") }
            return sortParameter.map { name.elementsEqual($0.utf8) } ?? false
                || orderParameter.map { name.elementsEqual($0.utf8) } ?? false
        }
        // Most paths have nothing that says how to sort.
        guard parameters.contains(where: sorts) else { return path }
        let others = parameters.filter { !sorts($0) }
        let start = String(path[..<mark])
        return others.isEmpty ? start : "\(start)?\(others.map { Substring($0) }.joined(separator: "&"))"
    }
}
