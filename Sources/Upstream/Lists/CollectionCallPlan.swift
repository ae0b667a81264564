/// Which lists are read to obtain the requested ones: each by itself, or lists that hold the rows of several.
///
/// A list that differs from a wanted one only in that equality filters are left out holds all of its rows in the same
/// order, so that the wanted list can be cut from it.
struct CollectionCallPlan: Sendable, Equatable {
    /// A list that is read as a whole, and the wanted lists that are cut from it.
    struct SharedList: Sendable, Equatable {
        let path: String
        /// The positions of the wanted lists.
        let wanted: [Int]
        /// How many calls it takes; where that is unknown, how many are assumed.
        let calls: Int
        let isSizeKnown: Bool
        /// How many other lists have lately been read by themselves that could have been cut from it.
        let demand: Int

        /// Its calls without those that lists of other requests have cost already.
        ///
        /// The calls, less recent demand: calls for other lists, which this one would have saved and is likely to save.
        var netCalls: Int { max(0, calls - demand) }

        /// The most calls that it may take.
        var allowance: Int { wanted.count + demand }

        /// Whether it takes fewer calls than the wanted lists.
        var isWorthIt: Bool { calls == 0 || netCalls < wanted.count }
    }

    /// The calls to read a whole list.
    enum Size: Sendable, Equatable {
        /// So many calls; what is cached takes none.
        case known(calls: Int)
        /// Nobody knows, but it is at least so many.
        case unknown(atLeast: Int)
    }

    /// The assumed size of lists of unknown size.
    struct Assumptions: Sendable, Equatable {
        /// The pages of a list of what belongs to one parent.
        var pagesOfOwnedList = 1
        /// The pages of any other list.
        ///
        /// As many wanted lists as this are not worth a look at the whole.
        var pagesOfWholeList = 6
    }

    /// The lists that are read as a whole.
    let shared: [SharedList]
    /// The positions of the wanted lists that are read by themselves.
    let direct: [Int]

    /// How many calls the plan takes, with one for each list that is read by itself.
    var calls: Int { shared.reduce(direct.count) { $0 + $1.calls } }

    /// The most calls that are made in vain to read a list that holds the rows of several: its first page, and where the
    /// upstream does not count rows, the one after which they should end.
    static let mostCallsInVain = 2

    /// The most calls that are made in vain for lists of which only the parent's key differs.
    ///
    /// - Parameters:
    ///   - lists: how many lists.
    ///   - workspaces: how many workspaces they are from at most.
    ///   - isPaged: whether lists come in pages.
    /// - Returns: the number of calls.
    static func mostCallsInVain(lists: Int, workspaces: Int, isPaged: Bool) -> Int {
        let inEach = isPaged ? mostCallsInVain : 1
        return max(0, min(lists - 1, inEach.multipliedSaturating(by: max(1, workspaces))))
    }

    /// More filters than this are not tried in all combinations.
    private static let maximumFilters = 5

    /// Chooses what takes the fewest calls.
    ///
    /// - Parameters:
    ///   - wanted: lists that are not cached.
    ///   - owner: the parameter that keeps what belongs to one parent.
    ///   - assumptions: what holds for lists of unknown size.
    ///   - demand: how many other lists have lately been read that could have been cut from a list.
    ///   - size: what it takes to read a whole list; nil: it cannot be read.
    init(
        _ wanted: [ListSelection],
        owner: String? = nil,
        assumptions: Assumptions = Assumptions(),
        demand: (String, [Int]) -> Int = { _, _ in 0 },
        size: (String) -> Size?
    ) {
        var best = (shared: [SharedList](), direct: Array(wanted.indices), calls: wanted.count)
        // A list that holds the rows of another is no smaller.
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
