internal import GraphQL
internal import JSON

/// The order in which a collection's rows come: the member that they are sorted by, and the direction.
struct RowOrder: Sendable, Equatable {
    /// The member of a row.
    let member: JSONKey
    /// Whether the largest value comes first.
    let isDescending: Bool
    /// Whether the rows come in the upstream's own order, newest first: whatever is created stands in front.
    let isNewestFirst: Bool

    /// The order that a field's arguments ask for, else that of the conventions.
    init(arguments: JSONObject, template: CallTemplate, conventions: UpstreamConventions) {
        func given(_ parameter: String?) -> String? {
            parameter.flatMap { template.value(of: $0, arguments) }
        }
        // Without a member to sort by, rows of one workspace come before those of the next.
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

    /// An order by a member, which is the upstream's default one or not.
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
