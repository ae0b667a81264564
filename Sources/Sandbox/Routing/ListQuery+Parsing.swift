extension ListQuery {
    private static let defaultPageSize = 25
    private static let lastPage = 1_000_000_000

    /// Reads a list's parameters; those that the collection does not have are ignored, as Workestra does.
    init(
        _ target: RequestTarget,
        of resource: Resource,
        for viewer: Viewer,
        _ configuration: SandboxConfiguration
    ) throws(Refusal) {
        let sort = target.parameter("sort") ?? "created_at"
        guard resource.sortableMembers.contains(sort) else {
            throw Refusal(.badRequest, "\(resource.rawValue) cannot be sorted by \(sort).")
        }
        selection = RowSelection(
            filters: try Self.filters(target, resource, viewer, configuration),
            sort: sort,
            direction: try Self.direction(target) ?? configuration.behavior.defaultOrder
        )
        page = min(try Self.positiveNumber("page", target) ?? 1, Self.lastPage)
        let requested = try Self.positiveNumber("per_page", target) ?? Self.defaultPageSize
        guard requested <= Self.maximumPageSize || configuration.behavior.perPageOver == .clamp else {
            throw Refusal(.badRequest, "per_page must be at most \(Self.maximumPageSize).")
        }
        perPage = min(requested, Self.maximumPageSize, max(1, configuration.behavior.pageCap))
    }

    private static func filters(
        _ target: RequestTarget,
        _ resource: Resource,
        _ viewer: Viewer,
        _ configuration: SandboxConfiguration
    ) throws(Refusal) -> [RowFilter] {
        var filters: [RowFilter] = viewer == .owner ? [] : [.visible(to: viewer)]
        for name in resource.equalityFilters {
            guard let text = target.parameter(name) else { continue }
            let isID = name.hasSuffix("_id")
            filters.append(.equals(member: name, text: isID ? configuration.behavior.stored(id: text) : text))
        }
        if resource == .issues, let overdue = target.parameter("overdue") {
            guard ["true", "false"].contains(overdue) else { throw Refusal(.badRequest, "overdue must be true.") }
            if overdue == "true" { filters.append(.overdue(before: configuration.today.description)) }
        }
        return filters
    }

    private static func direction(_ target: RequestTarget) throws(Refusal) -> SortDirection? {
        guard let order = target.parameter("order") else { return nil }
        guard let direction = SortDirection(rawValue: order) else {
            throw Refusal(.badRequest, "order must be asc or desc.")
        }
        return direction
    }

    private static func positiveNumber(_ name: String, _ target: RequestTarget) throws(Refusal) -> Int? {
        guard let text = target.parameter(name) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw Refusal(.badRequest, "\(name) must be a whole number from 1.")
        }
        return number
    }
}
