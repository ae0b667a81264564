import JSON

/// What a response may show at a position.
indirect enum Expectation: Sendable {
    /// This value.
    case value(JSONValue)
    /// An object with these members, in this order.
    case object([(name: String, value: Expectation)])
    /// A list of these elements.
    case list([Expectation])
    /// A list of these elements in any order; it may lack some.
    case bag([Expectation], mayLackSome: Bool)
    /// A run of the elements, with none left out between its first and its last.
    ///
    /// - Parameters:
    ///   - start: the position of the first; nil if any will do.
    ///   - reachesEnd: whether the last of the elements must be the last of the run.
    ///   - count: how many there may be at most.
    case run([Expectation], start: Int?, reachesEnd: Bool, count: Int)
    /// A text that names something, which the gateway may choose.
    case name(ModelName)
    /// What follows from the workspaces that the response lists as failed at the position.
    case depending(@Sendable (Set<String>) -> Expectation)
    /// One of several.
    case oneOf([Expectation])
    /// One, or another one as well if the response reports that the rows of the list at the position are wrong, or have moved.
    case reported(also: Expectation, Expectation)
    /// Whatever there is.
    case any

    static let null = Expectation.value(.null)

    /// Whether an object of this id stands at a path of the response, or above it.
    func shows(_ id: String, along path: ArraySlice<JSONValue>) -> Bool {
        switch self {
        case .object(let members):
            let isIt = members.contains { name, value in
                guard name == "id", case .value(.string(let text)) = value else { return false }
                return text == id
            }
            guard !isIt, let step = path.first else { return isIt }
            return members.first { step == .string($0.name) }?.value.shows(id, along: path.dropFirst()) ?? false
        case .list(let elements):
            guard let index = path.first?.intValue, elements.indices.contains(index) else { return false }
            return elements[index].shows(id, along: path.dropFirst())
        case .depending(let expectation): return expectation([]).shows(id, along: path)
        case .oneOf(let choices): return choices.contains { $0.shows(id, along: path) }
        case .reported(_, let expectation): return expectation.shows(id, along: path)
        case .any, .bag, .run: return true
        case .value, .name: return false
        }
    }

    /// Whether an object of this id stands at a path of the response, or below it.
    func holds(_ id: String, at path: ArraySlice<JSONValue>) -> Bool {
        switch self {
        case .object(let members):
            if let step = path.first {
                return members.first { step == .string($0.name) }?.value.holds(id, at: path.dropFirst()) ?? false
            }
            return shows(id, along: []) || members.contains { $0.value.holds(id, at: []) }
        case .list(let elements):
            guard let step = path.first else { return elements.contains { $0.holds(id, at: []) } }
            guard let index = step.intValue, elements.indices.contains(index) else { return false }
            return elements[index].holds(id, at: path.dropFirst())
        case .bag(let elements, _), .run(let elements, _, _, _):
            return elements.contains { $0.holds(id, at: path.dropFirst()) }
        case .depending(let expectation): return expectation([]).holds(id, at: path)
        case .oneOf(let choices): return choices.contains { $0.holds(id, at: path) }
        case .reported(_, let expectation): return expectation.holds(id, at: path)
        case .any: return true
        case .value, .name: return false
        }
    }

    /// Whether there is no object at a path of the response.
    func isNull(at path: ArraySlice<JSONValue>) -> Bool {
        guard let step = path.first else { return allowsNull }
        switch self {
        case .object(let members):
            return members.first { step == .string($0.name) }?.value.isNull(at: path.dropFirst()) ?? false
        case .list(let elements):
            guard let index = step.intValue, elements.indices.contains(index) else { return false }
            return elements[index].isNull(at: path.dropFirst())
        case .depending(let expectation): return expectation([]).isNull(at: path)
        case .oneOf(let choices): return choices.contains { $0.isNull(at: path) }
        case .reported(_, let expectation): return expectation.isNull(at: path)
        case .any, .bag, .run: return true
        case .value, .name: return false
        }
    }

    /// Whether null is accepted in place of a value.
    var allowsNull: Bool {
        switch self {
        case .value(let value): value.isNull
        case .oneOf(let choices): choices.contains { $0.allowsNull }
        case .reported(_, let expectation): expectation.allowsNull
        case .any: true
        case .object, .list, .bag, .run, .name, .depending: false
        }
    }
}

/// Something that the gateway has a text of its own for.
enum ModelName: Sendable, Hashable {
    /// The name of an object among all types and workspaces.
    case object(String)
    /// A row's position in a list.
    case cursor(ModelCursor)

    /// Whether a row's position in a list is named.
    var isCursor: Bool {
        if case .cursor = self { true } else { false }
    }
}

/// A position in a list: behind a row.
struct ModelCursor: Sendable, Hashable {
    let list: ModelList
    /// The row, as it was when the cursor was given.
    let row: String
    let revision: Int
    /// The version of all data at that time.
    let version: Int
}
