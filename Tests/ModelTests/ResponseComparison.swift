import JSON

/// Compares a response with what it may show, and collects the texts that the gateway chose.
struct ResponseComparison {
    /// What is wrong, with the path of where.
    private(set) var differences: [String] = []
    /// The texts that the gateway calls things by.
    private(set) var names: [ModelName: String] = [:]

    private let errorPaths: [[JSONValue]]
    private let failedWorkspaces: [[JSONValue]: Set<String>]
    private let hasMoreErrors: Bool
    /// The paths of lists whose rows are reported to be wrong, or to have moved.
    private let irregularPaths: [[JSONValue]]

    /// The most errors that a response lists.
    private static let maximumErrors = 100

    /// Compares the data of a response.
    ///
    /// - Parameters:
    ///   - data: what the response shows.
    ///   - errors: what it lists; a null at the path of an error, or above it, is accounted for.
    ///   - expected: what it may show.
    init(_ data: JSONValue, errors: [JSONValue], expected: Expectation) {
        errorPaths = errors.map { $0["path"]?.arrayValue ?? [] }
        var failed: [[JSONValue]: Set<String>] = [:]
        for error in errors {
            guard let slug = error["extensions"]?["workspace"]?.stringValue ?? error["workspace"]?.stringValue else {
                continue
            }
            failed[error["path"]?.arrayValue ?? [], default: []].insert(slug)
        }
        failedWorkspaces = failed
        hasMoreErrors = errors.count >= Self.maximumErrors
        irregularPaths = errors.filter {
            ($0["extensions"]?["code"] ?? $0["code"])?.stringValue == "UPSTREAM_INVALID_RESPONSE"
        }.map { $0["path"]?.arrayValue ?? [] }
        compare(data, expected, [])
    }

    private mutating func compare(_ actual: JSONValue, _ expected: Expectation, _ path: [JSONValue]) {
        guard differences.count < 8 else { return }
        if actual.isNull, !expected.allowsNull {
            if !isAccountedFor(path) { report(path, "is null without an error, expected \(Self.text(expected))") }
            return
        }
        switch expected {
        case .any: break
        case .depending(let expectation):
            let possible = possiblyFailed(at: path)
            let failed = possible.first { matches(actual, expectation($0), path) } ?? possible[0]
            compare(actual, expectation(failed), path)
        case .reported(let also, let expectation):
            compare(actual, hasMoved(path) ? .oneOf([expectation, also]) : expectation, path)
        case .value(let value):
            if !Self.areEqual(actual, value) { report(path, "is \(Self.text(actual)), expected \(Self.text(value))") }
        case .name(let name):
            guard let text = actual.stringValue else { return report(path, "is \(Self.text(actual)), expected a text") }
            if case .object = name, let known = names[name], known != text { report(path, "has two names") }
            names[name] = text
        case .object(let members): compareObject(actual, members, path)
        case .list(let elements): compareList(actual, elements, path)
        case .oneOf(let choices):
            if !choices.contains(where: { Self.matches(actual, $0) }) {
                report(path, "is \(Self.text(actual)), expected one of \(choices.map { Self.text($0) })")
            }
        case .bag(let elements, let mayLackSome):
            guard let items = actual.arrayValue else { return report(path, "is no list") }
            var rest = elements
            for (index, item) in items.enumerated() {
                guard let match = rest.firstIndex(where: { matches(item, $0, path + [.integer(index)]) }) else {
                    report(path + [.integer(index)], "is \(Self.text(item)), which is not expected")
                    guard let id = item["id"]?.stringValue, let own = rest.first(where: { $0.shows(id, along: []) })
                    else { return }
                    return compare(item, own, path + [.integer(index)])
                }
                compare(item, rest.remove(at: match), path + [.integer(index)])
            }
            // That rows have moved while they were read is reported: then some may be missing.
            if let first = rest.first, !mayLackSome, !hasMoved(path) {
                report(path, "lacks \(rest.count) elements, such as \(Self.text(first))")
            }
        case .run(let elements, let start, let reachesEnd, let count):
            compareRun(actual, elements, start, reachesEnd, count, path)
        }
    }

    /// The workspaces that may have failed at a path: those that errors name, and any others if more errors are left out.
    private func possiblyFailed(at path: [JSONValue]) -> [Set<String>] {
        let failed = failedWorkspaces[path] ?? []
        guard hasMoreErrors else { return [failed] }
        return ModelScenario.slugs.reduce(into: [failed]) { sets, slug in sets += sets.map { $0.union([slug]) } }
    }

    private mutating func compareObject(
        _ actual: JSONValue,
        _ members: [(name: String, value: Expectation)],
        _ path: [JSONValue]
    ) {
        guard let object = actual.objectValue else {
            return report(path, "is \(Self.text(actual)), expected an object")
        }
        guard object.keys == members.map(\.name) else {
            return report(path, "has the members \(object.keys), expected \(members.map(\.name))")
        }
        for (name, value) in members { compare(object[name] ?? .null, value, path + [.string(name)]) }
    }

    private mutating func compareList(_ actual: JSONValue, _ elements: [Expectation], _ path: [JSONValue]) {
        guard let items = actual.arrayValue else { return report(path, "is \(Self.text(actual)), expected a list") }
        if items.count != elements.count { report(path, "has \(items.count) elements, expected \(elements.count)") }
        for (index, (item, element)) in zip(items, elements).enumerated() {
            compare(item, element, path + [.integer(index)])
        }
    }

    private mutating func compareRun(
        _ actual: JSONValue,
        _ elements: [Expectation],
        _ start: Int?,
        _ reachesEnd: Bool,
        _ count: Int,
        _ path: [JSONValue]
    ) {
        guard let items = actual.arrayValue else { return report(path, "is \(Self.text(actual)), expected a list") }
        if items.count > count { report(path, "has \(items.count) elements, expected \(count) at most") }
        guard !items.isEmpty else { return }
        let starts = start.map { [$0] } ?? (reachesEnd ? [elements.count - items.count] : Array(elements.indices))
        let isRun = starts.contains { begin in
            begin >= 0 && begin + items.count <= elements.count
                && items.indices.allSatisfy { matches(items[$0], elements[begin + $0], path + [.integer($0)]) }
        }
        guard !isRun else { return }
        report(path, "is no run of the list's rows: \(Self.text(actual))")
        guard
            let begin = starts.max(by: {
                agreeing(items, elements, from: $0, path) < agreeing(items, elements, from: $1, path)
            })
        else { return }
        report(path, "fits best from row \(begin + 1) of \(elements.count) on")
        for (index, item) in items.enumerated() where elements.indices.contains(begin + index) {
            compare(item, elements[begin + index], path + [.integer(index)])
        }
    }

    /// How many elements are as expected from a position on.
    private func agreeing(_ items: [JSONValue], _ elements: [Expectation], from begin: Int, _ path: [JSONValue]) -> Int
    {
        items.indices.count { index in
            elements.indices.contains(begin + index)
                && matches(items[index], elements[begin + index], path + [.integer(index)])
        }
    }

    private func matches(_ actual: JSONValue, _ expected: Expectation, _ path: [JSONValue]) -> Bool {
        var trial = self
        trial.differences = []
        trial.compare(actual, expected, path)
        return trial.differences.isEmpty
    }

    private static func matches(_ actual: JSONValue, _ expected: Expectation) -> Bool {
        ResponseComparison(actual, errors: [], expected: expected).differences.isEmpty
    }

    /// Whether an error at the position or below it explains that the position is null.
    private func isAccountedFor(_ path: [JSONValue]) -> Bool {
        hasMoreErrors || errorPaths.contains { $0.starts(with: path) }
    }

    /// Whether the list of which these are the rows is reported to be irregular.
    private func hasMoved(_ path: [JSONValue]) -> Bool { irregularPaths.contains(Array(path.dropLast())) }

    /// Whether two values are the same, numbers digit by digit.
    private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        left == right && left.description.utf8.elementsEqual(right.description.utf8)
    }

    private mutating func report(_ path: [JSONValue], _ text: String) {
        differences.append("\(path.map(\.description).joined(separator: ".")) \(text)")
    }

    private static func text(_ value: JSONValue) -> String { String(value.description.prefix(300)) }

    private static func text(_ expected: Expectation) -> String { String("\(expected)".prefix(300)) }
}
