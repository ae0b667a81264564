internal import GraphQL
package import JSON

/// The conventions by which an upstream wraps and pages collections and reports errors: the arguments of `@upstream`.
package struct UpstreamConventions: Sendable {
    /// The member that has a collection's rows; nil: the response is the array itself.
    package var items: JSONKey?
    /// The member that counts all rows of a collection.
    package var total: JSONKey?
    /// The query parameter for the page's number; nil: collections are not paged.
    package var pageParameter: String?
    /// The query parameter for the number of rows in a page.
    package var perPageParameter: String?
    /// The query parameter for the member to sort by.
    package var sortParameter: String?
    /// The query parameter for the direction of the sort.
    package var orderParameter: String?
    /// The member by which collections are sorted by default; nil: unknown.
    package var defaultSort: String?
    /// The direction of the sort by default; nil: unknown.
    package var defaultOrder: String?
    /// The most rows of a page.
    package var maximumPerPage: Int
    /// The number of rows of a field whose arguments do not state it.
    package var defaultPerPage: Int
    /// The member of an error's body that describes the error.
    package var message: JSONKey
    /// The member of an error's body that has a code, a text or an object with the message.
    package var error: JSONKey
    /// The member that is false if a response with a success status states a failure.
    package var success: JSONKey
    /// The members of an error's body that state the time for which no call should be made.
    package var retryAfter: [JSONKey]
    /// The names of arguments that choose workspaces by slug.
    var workspaceArguments: [String]
    /// The names of arguments that choose a page of rows.
    var pagingNames: PagingNames
    /// The members by which an error's body names the rejected parts of a write's body.
    var blame: BlameConventions

    /// The default conventions, for a schema that declares none.
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

    /// A collection's path without the sort parameters, which do not change the number of its rows.
    // PERF: bytes instead of strings, because it runs for each list that is read from the cache.
    func unsorted(_ path: String) -> String {
        let text = path.utf8
        let bytes = text.span
        guard hasUnwantedParameter(bytes) else { return path }
        var (others, start, isQuery, hasQuery): ([UInt8], Int, Bool, Bool) = ([], 0, false, false)
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: isQuery ? "&" : "?") { end += 1 }
            let part = bytes.extracting(start..<end)
            if !isQuery || !part.isEmpty && !isSorting(part) {
                if isQuery { others.append(UInt8(ascii: hasQuery ? "&" : "?")) }
                hasQuery = isQuery
                for index in part.indices { others.append(part[index]) }
            }
            (start, isQuery) = (end + 1, true)
        }
        return String(decoding: others, as: UTF8.self)
    }

    /// Whether a path has a sort parameter, or an empty one.
    // PERF: few paths have one; the others are not copied.
    private func hasUnwantedParameter(_ path: Span<UInt8>) -> Bool {
        var position = 0
        while position < path.count, path[position] != UInt8(ascii: "?") { position += 1 }
        while position < path.count {
            let start = position + 1
            position = start
            while position < path.count, path[position] != UInt8(ascii: "&") { position += 1 }
            if position == start || isSorting(path.extracting(start..<position)) { return true }
        }
        return false
    }

    /// The path of a page of a list.
    ///
    /// - Parameters:
    ///   - page: the number of the page, from 1.
    ///   - list: the list's path and query.
    /// - Returns: the path of the page; the list's own path if the upstream has no pages.
    func path(ofPage page: Int, of list: String) -> String {
        guard let pageParameter, let perPageParameter else { return list }
        // PERF: an interpolation of six parts takes four times as long.
        var path = ""
        path.reserveCapacity(list.utf8.count + pageParameter.utf8.count + perPageParameter.utf8.count + 12)
        path += list
        path += list.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        path += pageParameter
        path += "="
        path += String(page)
        path += "&"
        path += perPageParameter
        path += "="
        path += String(maximumPerPage)
        return path
    }

    /// Whether a query parameter is a sort parameter.
    private func isSorting(_ parameter: Span<UInt8>) -> Bool {
        func isNamed(_ name: String?) -> Bool {
            guard let name = name?.utf8, name.count <= parameter.count else { return false }
            guard name.count == parameter.count || parameter[name.count] == UInt8(ascii: "=") else { return false }
            return parameter.extracting(first: name.count).hasSameBytes(as: name.span)
        }
        return isNamed(sortParameter) || isNamed(orderParameter)
    }
}
