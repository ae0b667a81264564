/// Waiting calls: the more urgent first, and callers of one urgency in turn.
struct FairQueue<Element: Sendable>: Sendable {
    private struct Line: Sendable {
        /// The callers in the order of their turns.
        var turns: ArraySlice<CallerID> = []
        var waiting: [CallerID: ArraySlice<Element>] = [:]
        var count = 0
    }

    private var lines: [CallUrgency: Line] = [:]
    /// The urgencies of all lines there have been, the most urgent first.
    private var order: [CallUrgency] = []
    /// The number of waiting calls.
    private(set) var count = 0

    /// Whether no call waits.
    var isEmpty: Bool { count == 0 }

    /// Adds a call after its caller's other calls.
    mutating func add(_ element: Element, urgency: CallUrgency, caller: CallerID) {
        if lines[urgency] == nil {
            order.insert(urgency, at: order.firstIndex { $0 < urgency } ?? order.endIndex)
            lines[urgency] = Line()
        }
        count += 1
        lines[urgency]?.count += 1
        if lines[urgency]?.waiting[caller] == nil { lines[urgency]?.turns.append(caller) }
        lines[urgency]?.waiting[caller, default: []].append(element)
    }

    /// Whether a call of at least this urgency waits.
    func holds(atLeast urgency: CallUrgency) -> Bool { nextUrgency.map { $0 >= urgency } ?? false }

    /// The number of calls that would go before one that is added now, if no more come.
    func ahead(urgency: CallUrgency, caller: CallerID) -> Int {
        var ahead = order.prefix { $0 > urgency }.reduce(0) { $0 + (lines[$1]?.count ?? 0) }
        guard let line = lines[urgency] else { return ahead }
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

    /// The urgencies of the calls that wait, from the highest to the lowest.
    var urgencies: [CallUrgency] { order.filter { (lines[$0]?.count ?? 0) > 0 } }

    /// The urgency of the call that is next.
    var nextUrgency: CallUrgency? { order.first { (lines[$0]?.count ?? 0) > 0 } }

    /// The urgency of the least urgent call.
    var lastUrgency: CallUrgency? { order.last { (lines[$0]?.count ?? 0) > 0 } }

    /// Removes and returns the next call; its caller goes to the end of the line.
    mutating func next() -> Element? {
        guard let urgency = nextUrgency, let caller = lines[urgency]?.turns.popFirst(),
            let element = lines[urgency]?.waiting[caller]?.popFirst()
        else { return nil }
        if lines[urgency]?.waiting[caller]?.isEmpty == true {
            lines[urgency]?.waiting[caller] = nil
        } else {
            lines[urgency]?.turns.append(caller)
        }
        lines[urgency]?.count -= 1
        count -= 1
        return element
    }

    /// Removes and returns all calls that meet a condition, the more urgent and those of callers next in turn first.
    mutating func removeAll(where condition: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        for urgency in order {
            guard var line = lines[urgency] else { continue }
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
            lines[urgency] = line
        }
        count -= removed.count
        return removed
    }

    /// The number of waiting calls that meet a condition.
    func count(where condition: (Element) -> Bool) -> Int {
        lines.values.lazy.flatMap { $0.waiting.values.joined() }.reduce(0) { $0 + (condition($1) ? 1 : 0) }
    }

    /// The least of a property of all waiting calls.
    func least<Value: Comparable>(_ property: (Element) -> Value) -> Value? {
        lines.values.lazy.flatMap { $0.waiting.values.joined() }.map(property).min()
    }
}
