internal import GraphQL
package import JSON
package import Upstream

/// An operation and its cost, as text and as JSON.
package struct OperationExplanation: Sendable {
    /// The name of the document's file.
    package let file: String
    /// The operation type and the name of the operation.
    package let title: String
    package let cost: OperationCost

    /// The plan as a tree, one line for each bound field, below a line with the sum.
    package var text: String {
        let lines = cost.steps.map { step in
            (
                name: indent(step.depth + 1) + name(of: step), calls: calls(of: step), rows: rows(of: step),
                from: origin(of: step)
            )
        }
        let nameWidth = lines.map(\.name.count).max() ?? 0
        let callsWidth = lines.map(\.calls.count).max() ?? 0
        let rowsWidth = lines.map(\.rows.count).max() ?? 0
        let heading = "\(file): \(title): \(Self.text(cost.calls, "call"))"
        let tree = lines.map { line in
            let columns = [
                line.name.padded(to: nameWidth), line.calls.padded(to: callsWidth), line.rows.padded(to: rowsWidth),
            ]
            return "\(columns.joined(separator: "  "))  \(line.from)"
        }
        return ([heading] + tree).joined(separator: "\n")
    }

    /// The plan as lines, each with a path, its calls, its rows and their origin.
    func lines(atMost count: Int) -> [String] {
        let lines = cost.steps.prefix(count).map { step in
            "\(cost.path(of: step)): \(calls(of: step)), \(rows(of: step)), \(origin(of: step))"
        }
        return cost.steps.count > count ? lines + ["and \(cost.steps.count - count) more"] : lines
    }

    /// Whether the operation is likely to take more calls than the limit.
    private func exceeds(_ limit: Int) -> Bool { cost.calls.max > limit && cost.likely.calls.max > limit }

    /// One line that says that the operation exceeds the limit; nil: it does not.
    package func excess(over limit: Int) -> String? {
        guard exceeds(limit) else { return nil }
        let cost = cost.likely
        let paths = cost.mostExpensive(5).map { "\($0.path) (\($0.calls))" }.joined(separator: ", ")
        return
            "\(file): \(title) can take \(cost.calls.mostText) upstream calls, and may take \(limit). Most cost: \(paths)."
    }

    /// The plan as a tree of objects.
    package func json(limit: Int?) -> JSONValue {
        var members: JSONObject = ["file": .string(file)]
        for (name, value) in self.members(limit: limit) { members[name] = value }
        return .object(members)
    }

    /// The members of the plan's object, without the file.
    ///
    /// - Parameters:
    ///   - limit: the most calls of an operation; nil: it is unknown.
    ///   - hasLocations: whether steps have the positions of their fields.
    /// - Returns: the members.
    func members(limit: Int?, hasLocations: Bool = false) -> JSONObject {
        var members: JSONObject = [
            "operation": .string(title), "estimated": cost.calls.json,
            // An alias for one minor version.
            "priced": cost.calls.json,
        ]
        if let limit {
            members["limit"] = .integer(limit)
            members["exceeds"] = .bool(exceeds(limit))
        }
        var next = 0
        members["steps"] = .array(trees(at: 0, &next, hasLocations))
        return members
    }

    /// The steps of a depth, beginning at an index, with the steps below them.
    private func trees(at depth: Int, _ next: inout Int, _ hasLocations: Bool) -> [JSONValue] {
        var trees: [JSONValue] = []
        while next < cost.steps.count, cost.steps[next].depth == depth {
            let step = cost.steps[next]
            next += 1
            var tree: JSONObject = [
                "path": .string(cost.path(of: step)), "from": .string(origin(of: step)),
                "rows": step.rows.json, "assumed": .bool(step.isAssumed),
                "calls": step.calls.json, "sharesCalls": .bool(step.sharesCalls),
            ]
            if hasLocations, let location = cost.location(of: step) {
                tree["location"] = ["line": .integer(location.line), "column": .integer(location.column)]
            }
            tree["steps"] = .array(self.trees(at: depth + 1, &next, hasLocations))
            trees.append(.object(tree))
        }
        return trees
    }

    // MARK: - Words

    private func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    /// The path relative to the step above.
    private func name(of step: CostStep) -> String {
        let path = cost.path(of: step)
        guard let above = cost.step(above: step) else { return path }
        return String(path.dropFirst(cost.path(of: above).count + 1))
    }

    private func calls(of step: CostStep) -> String {
        step.sharesCalls ? "shared" : Self.text(step.calls, "call")
    }

    private func rows(of step: CostStep) -> String {
        let rows = Self.text(step.rows, "row")
        return step.isAssumed ? "\(rows), assumed" : rows
    }

    private func origin(of step: CostStep) -> String {
        switch step.origin {
        case .object(let template): "GET \(template)"
        case .entities(let template, let collection?): "GET \(template), or pages of \(collection)"
        case .entities(let template, nil): "GET \(template)"
        case .collection(let template): "pages of \(template)"
        case .write(let method, let template): "\(method.rawValue) \(template)"
        case .named: "GET of each object named"
        case .gateway: "the gateway itself"
        }
    }

    private static func text(_ range: CostRange, _ unit: String) -> String {
        let most = range.max == CostRange.ceiling ? "\(range.max) or more" : "\(range.max)"
        let plural = range.max == 1 ? "" : "s"
        return range.min == range.max ? "\(most) \(unit)\(plural)" : "\(range.min) to \(most) \(unit)\(plural)"
    }
}

extension String {
    /// The text padded with spaces to a width in characters.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
