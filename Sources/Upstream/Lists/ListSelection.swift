internal import BaseEncodings
internal import JSON

/// A parsed list path: the filters that select its rows, and their order.
struct ListSelection: Sendable {
    /// An equality filter: the list has only rows whose member has the value.
    struct Filter: Sendable, Hashable {
        let parameter: String
        let member: JSONKey
        let value: JSONKey
    }

    /// Whether a row passes the equality filters.
    enum Match: Sendable {
        case yes
        case no
        /// The row lacks a member that a filter compares, or has the filter's value in another spelling.
        case unknown
    }

    private let collection: Substring
    private let parameters: [(name: String, text: Substring)]
    let filters: [Filter]
    /// The equality filters whose values are keys of objects, which never stand for several.
    let keyParameters: Set<String>
    /// Whether the list may lack rows that pass all equality filters.
    let hasOtherFilters: Bool
    /// The member by which rows are sorted; nil: the path does not state it.
    let sort: JSONKey?
    /// The direction of the sort; nil: the path does not state it.
    let order: String?

    /// Parses a path.
    init(path: String, _ meanings: ListParameters) {
        let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex
        collection = path[..<mark]
        var parameters: [(name: String, text: Substring)] = []
        var filters: [Filter] = []
        var hasOtherFilters = false
        var sort: JSONKey?
        var order: String?
        for text in Substring(path[mark...].utf8.dropFirst()).queryParameters {
            let name = String(text.queryName)
            let value = Substring(text.utf8.dropFirst(name.utf8.count + 1)).percentDecoded
            parameters.append((name, text))
            if name == meanings.sort {
                sort = JSONKey(value)
            } else if name == meanings.order {
                order = value
            } else if let member = meanings.equalities[name], !value.isEmpty {
                filters.append(Filter(parameter: name, member: member, value: JSONKey(value)))
            } else if !meanings.paging.contains(name) {
                // An empty value may mean no filter.
                hasOtherFilters = true
            }
        }
        self.parameters = parameters
        self.filters = filters
        keyParameters = meanings.keys
        self.hasOtherFilters = hasOtherFilters
        self.sort = sort
        self.order = order
    }

    /// The value of a parameter, as spelled in the path.
    func value(of name: String) -> Substring? {
        parameters.first { $0.name == name }.map { Substring($0.text.utf8.dropFirst(name.utf8.count + 1)) }
    }

    /// The path of the list without some equality filters; all rows of this list are in that one, in the same order.
    ///
    /// A parameter without a value is no filter, so it stays in the path.
    func path(without removed: some Sequence<String>) -> String {
        let wanted = Set(removed)
        let removed = wanted.isEmpty ? [] : Set(filters.lazy.map(\.parameter).filter { wanted.contains($0) })
        let rest = parameters.filter { !removed.contains($0.name) }.map(\.text)
        return rest.isEmpty ? String(collection) : "\(collection)?\(rest.joined(separator: "&"))"
    }

    /// Whether a row passes the equality filters.
    func matches(_ node: Int, of json: JSONDocument) -> Match { Self.match(filters, node, of: json) }

    /// Whether a row passes equality filters.
    static func match(_ filters: some Sequence<Filter>, _ node: Int, of json: JSONDocument) -> Match {
        var match = Match.yes
        for filter in filters {
            guard let value = json.member(filter.member, of: node), let isEqual = json.isScalar(value, filter.value)
            else {
                match = .unknown
                continue
            }
            if isEqual { continue }
            guard let text = json.scalarText(of: value), Spelling.areAlike(text, filter.value.name) else { return .no }
            match = .unknown
        }
        return match
    }
}

extension JSONDocument {
    /// Whether a scalar has a text, byte by byte; nil for arrays and objects.
    func isScalar(_ index: Int, _ text: JSONKey) -> Bool? {
        let node = resolve(index)
        switch self.node(node).kind {
        case .string: return isString(node, equalTo: text)
        case .integer, .number, .true, .false: return rawBytes(of: node).elementsEqual(text.utf8)
        case .null: return false
        case .array, .object, .link, .reference: return nil
        }
    }
}

extension Substring {
    /// The parameters of a query.
    // PERF: byte by byte: a client's text of many bytes may be among them, and characters have to be found first.
    var queryParameters: [Substring] { utf8.split(separator: UInt8(ascii: "&")).map { Substring($0) } }

    /// The name of a query parameter.
    var queryName: Substring { Substring(utf8.prefix { $0 != UInt8(ascii: "=") }) }

    /// The value of a query parameter without its percent encoding.
    var percentDecoded: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        let encoded = Array(utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < encoded.count {
            let digits = encoded[(index + 1)...].prefix(2)
            if encoded[index] == UInt8(ascii: "%"), digits.count == 2,
                let byte = Hexadecimal.decode(digits)?.first
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(encoded[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
