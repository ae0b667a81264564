import JSON

extension Expectation {
    /// About how many bytes a response that shows this has at most.
    var roughBytes: Int {
        switch self {
        case .value(let value): value.serialized().count
        case .object(let members): members.reduce(2) { $0 + $1.name.utf8.count + 4 + $1.value.roughBytes }
        case .list(let elements), .bag(let elements): elements.reduce(2) { $0 + 1 + $1.roughBytes }
        case .run(let elements, _, _, let count):
            min(count, elements.count) * (elements.lazy.map(\.roughBytes).max() ?? 0)
        case .name: 64
        case .depending(let expectation): expectation([]).roughBytes
        case .oneOf(let choices): choices.lazy.map(\.roughBytes).max() ?? 0
        case .any: 256
        }
    }
}
