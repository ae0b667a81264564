/// The lists that are read to obtain the wanted ones: each by itself, or lists that have the rows of several.
///
/// A list that differs from a wanted one only in omitted equality filters has all of its rows in the same order, so that the wanted
/// list can be cut from it.
struct CollectionCallPlan: Sendable, Equatable {
    /// A list that is read as a whole, and the wanted lists that are cut from it.
    struct SharedList: Sendable, Equatable {
        let path: String
        /// The indices of the wanted lists.
        let wanted: [Int]
        /// The number of calls that it takes; an assumed number if that is unknown.
        let calls: Int
        /// Whether the number of calls is known, not assumed.
        let isSizeKnown: Bool
        /// The number of other lists, recently read by themselves, that could have been cut from it.
        let demand: Int

        /// The number of calls minus the recent demand.
        ///
        /// The demand is calls of other requests for lists that could have been cut from this one, as later ones probably can.
        var netCalls: Int { max(0, calls - demand) }

        /// The most calls that it may take.
        var allowance: Int { wanted.count + demand }

        /// Whether it takes fewer calls than the wanted lists.
        var isWorthIt: Bool { calls == 0 || netCalls < wanted.count }
    }

    /// The calls to read a whole list.
    enum Size: Sendable, Equatable {
        /// The list takes this number of calls; cached pages take none.
        case known(calls: Int)
        /// The number of calls is unknown, but at least this.
        case unknown(atLeast: Int)
    }

    /// The assumed size of lists of unknown size.
    struct Assumptions: Sendable, Equatable {
        /// The number of pages of a list of the rows of one parent.
        var pagesOfOwnedList = 1
        /// The number of pages of any other list.
        ///
        /// For at most this number of wanted lists, a whole list of unknown size is not worth reading.
        var pagesOfWholeList = 6
    }

    /// The lists that are read as a whole.
    let shared: [SharedList]
    /// The indices of the wanted lists that are read by themselves.
    let direct: [Int]

    /// The number of calls of the plan, with one for each list that is read by itself.
    var calls: Int { shared.reduce(direct.count) { $0 + $1.calls } }

    /// The most calls that are made in vain for a list that has the rows of several: for its first page, and where the upstream does not
    /// count rows, for the page after which they should end.
    static let mostCallsInVain = 2

    /// The most calls that are made in vain for lists that differ only in the parent's key.
    ///
    /// - Parameters:
    ///   - lists: the number of lists.
    ///   - workspaces: the most workspaces of the lists.
    ///   - isPaged: whether lists are paged.
    /// - Returns: the number of calls.
    static func mostCallsInVain(lists: Int, workspaces: Int, isPaged: Bool) -> Int {
        let inEach = isPaged ? mostCallsInVain : 1
        return max(0, min(lists - 1, inEach.multipliedSaturating(by: max(1, workspaces))))
    }

    /// The most filters that are tried in all combinations.
    private static let maximumFilters = 5

    /// Makes the plan with the fewest calls.
    ///
    /// - Parameters:
    ///   - wanted: lists that are not cached.
    ///   - owner: the parameter that selects the rows of one parent; nil: there is none.
    ///   - assumptions: the size of lists of unknown size.
    ///   - demand: the number of other lists, recently read by themselves, that could have been cut from a list.
    ///   - size: the calls to read a whole list; nil: it cannot be read.
    init(
        _ wanted: [ListSelection],
        owner: String? = nil,
        assumptions: Assumptions = Assumptions(),
        demand: (String, [Int]) -> Int = { _, _ in 0 },
        size: (String) -> Size?
    ) {
        var best = (shared: [SharedList](), direct: Array(wanted.indices), calls: wanted.count)
        // A list that has the rows of another is not smaller.
        var least = [Int](repeating: 1, count: wanted.count)
        for removed in Self.choices(of: wanted) {
            var groups: [String: [Int]] = [:]
            var order: [String] = []
            for (position, list) in wanted.enumerated() {
                let path = list.path(without: removed)
                if groups[path] == nil { order.append(path) }
                groups[path, default: []].append(position)
            }
            var choice = (shared: [SharedList](), direct: [Int](), calls: 0)
            for path in order {
                let positions = groups[path] ?? []
                let isOwned = owner.map { owner in
                    !removed.contains(owner) && wanted[positions[0]].filters.contains { $0.parameter == owner }
                }
                let demand = path == wanted[positions[0]].path(without: []) ? 0 : demand(path, positions)
                let assumed = isOwned ?? false ? assumptions.pagesOfOwnedList : assumptions.pagesOfWholeList
                let list = Self.sharedList(
                    path,
                    positions,
                    assumed: max(assumed, positions.map { least[$0] }.max() ?? 1),
                    demand: demand,
                    size
                )
                if let list, list.isSizeKnown {
                    for position in positions { least[position] = max(least[position], list.calls) }
                }
                if let list, list.isWorthIt {
                    choice.shared.append(list)
                    choice.calls += list.netCalls
                } else {
                    choice.direct += positions
                    choice.calls += positions.count
                }
            }
            if choice.calls < best.calls { best = choice }
        }
        shared = best.shared
        direct = best.direct.sorted()
    }

    private static func sharedList(
        _ path: String,
        _ positions: [Int],
        assumed: Int,
        demand: Int,
        _ size: (String) -> Size?
    ) -> SharedList? {
        guard let size = size(path) else { return nil }
        let calls: Int
        let isSizeKnown: Bool
        switch size {
        case .known(let known): (calls, isSizeKnown) = (known, true)
        case .unknown(let least): (calls, isSizeKnown) = (max(least, assumed), false)
        }
        return SharedList(path: path, wanted: positions, calls: calls, isSizeKnown: isSizeKnown, demand: demand)
    }

    /// The sets of filters that can be left out, small ones first.
    static func choices(of wanted: [ListSelection]) -> [[String]] {
        var names: [String] = []
        for filter in wanted.flatMap(\.filters) where !names.contains(filter.parameter) {
            names.append(filter.parameter)
        }
        names = Array(names.prefix(maximumFilters))
        let sets = (1..<(1 << names.count)).map { bits in
            names.indices.filter { bits & (1 << $0) != 0 }.map { names[$0] }
        }
        return names.isEmpty ? [] : sets.sorted { $0.count < $1.count }
    }
}
