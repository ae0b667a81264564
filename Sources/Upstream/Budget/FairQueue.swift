/// Waiting calls: the more urgent first, and callers of one urgency in turn.
struct FairQueue<Element: Sendable>: Sendable {
    private struct Line: Sendable {
        /// Callers in the order in which it is their turn.
        var turns: ArraySlice<CallerID> = []
        var waiting: [CallerID: ArraySlice<Element>] = [:]
        var count = 0
    }

    private var lines: [CallPriority: Line] = [:]
    /// The number of waiting calls.
    private(set) var count = 0

    private static var order: [CallPriority] { [.interactive, .background, .refresh] }

    /// Whether no call waits.
    var isEmpty: Bool { count == 0 }

    /// Adds a call after its caller's other calls.
    mutating func add(_ element: Element, priority: CallPriority, caller: CallerID) {
        count += 1
        lines[priority, default: Line()].count += 1
        if lines[priority]?.waiting[caller] == nil { lines[priority]?.turns.append(caller) }
        lines[priority]?.waiting[caller, default: []].append(element)
    }

    /// Whether a call waits that is at least so urgent.
    func holds(atLeast priority: CallPriority) -> Bool {
        Self.order.contains { $0 >= priority && (lines[$0]?.count ?? 0) > 0 }
    }

    /// How many calls would go before one that is added now, if no more come.
    func ahead(priority: CallPriority, caller: CallerID) -> Int {
        var ahead = Self.order.filter { $0 > priority }.reduce(0) { $0 + (lines[$1]?.count ?? 0) }
        guard let line = lines[priority] else { return ahead }
        let own = line.waiting[caller]?.count ?? 0
        var isBefore = true
        for other in line.turns {
            if other == caller {
                isBefore = false
                ahead += own
            } else {
                ahead += min(line.waiting[other]?.count ?? 0, isBefore ? own + 1 : own)
            }
        }
        return ahead
    }

    /// The urgency of the call that is next.
    var nextPriority: CallPriority? {
        Self.order.first { (lines[$0]?.count ?? 0) > 0 }
    }

    /// Takes the call that is next; its caller goes to the end of the line.
    mutating func next() -> Element? {
        guard let priority = nextPriority, let caller = lines[priority]?.turns.popFirst(),
            let element = lines[priority]?.waiting[caller]?.popFirst()
        else { return nil }
        if lines[priority]?.waiting[caller]?.isEmpty == true {
            lines[priority]?.waiting[caller] = nil
        } else {
            lines[priority]?.turns.append(caller)
        }
        lines[priority]?.count -= 1
        count -= 1
        return element
    }

    /// Removes and returns all calls that meet a condition, the more urgent and those of callers next in turn first.
    mutating func removeAll(where condition: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        for priority in Self.order {
            guard var line = lines[priority] else { continue }
            for caller in line.turns {
                let own = line.waiting[caller] ?? []
                let cached = own.filter { !condition($0) }
                guard cached.count != own.count else { continue }
                removed += own.filter(condition)
                line.count -= own.count - cached.count
                line.waiting[caller] = cached.isEmpty ? nil : cached[...]
            }
            let waiting = line.waiting
            line.turns.removeAll { waiting[$0] == nil }
            lines[priority] = line
        }
        count -= removed.count
        return removed
    }

    /// The least of a property of all waiting calls.
    func least<Value: Comparable>(_ property: (Element) -> Value) -> Value? {
        lines.values.lazy.flatMap { $0.waiting.values.joined() }.map(property).min()
    }
}
