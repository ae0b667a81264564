internal import GraphQL
internal import JSON

/// The order of a collection's rows: the member by which they are sorted, and the direction.
struct RowOrder: Sendable, Equatable {
    /// The member by which rows are sorted.
    let member: JSONKey
    /// Whether the largest value comes first.
    let isDescending: Bool
    /// Whether the rows are in the upstream's own order with the newest first, so that new rows come before all others.
    let isNewestFirst: Bool

    /// The order that a field's arguments request, or else that of the conventions.
    init(arguments: JSONObject, template: CallTemplate, conventions: UpstreamConventions) {
        func given(_ parameter: String?) -> String? {
            parameter.flatMap { template.text(of: $0, arguments) }
        }
        // Without a member to sort by, the rows of one workspace come before those of the next.
        var sort = given(conventions.sortParameter) ?? conventions.defaultSort ?? ""
        let order = given(conventions.orderParameter) ?? conventions.defaultOrder
        var isDescending = order?.lowercased() == "desc"
        if let sign = sort.first, let descends = CallTemplate.sortSigns[sign] {
            sort.removeFirst()
            isDescending = descends
        }
        self.init(
            member: JSONKey(sort),
            isDescending: isDescending,
            isDefault: !sort.isEmpty && sort == conventions.defaultSort
        )
    }

    /// Makes an order by a member, which may be the upstream's default order.
    init(member: JSONKey, isDescending: Bool, isDefault: Bool = false) {
        self.member = member
        self.isDescending = isDescending
        isNewestFirst = isDefault && isDescending
    }

    /// Whether a row with a value comes before one with another.
    func isBefore(_ left: SortKey, _ right: SortKey) -> Bool {
        isDescending ? right.isLess(than: left) : left.isLess(than: right)
    }
}
