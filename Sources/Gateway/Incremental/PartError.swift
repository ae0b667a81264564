internal import GraphQL
internal import JSON

/// An error of a response, with the part that it belongs to.
struct PartError {
    /// The part; nil: the initial response.
    let instance: PartInstance?
    /// The path within the part.
    let rest: [JSONValue]
    /// The error, with its path in the response.
    let json: JSONValue

    /// The index in the list, if the path within the part begins with one.
    var index: Int? { rest.first?.numberValue?.intValue }

    /// Makes an error of one whose path has the keys of parts.
    init(_ error: JSONValue, _ parts: [PlanPart]) {
        var (path, start): ([JSONValue], Int) = ([], 0)
        var instance: PartInstance?
        for step in error["path"]?.arrayValue ?? [] {
            guard case .string(let key) = step, let number = PlanPart.number(inKey: key), parts.indices.contains(number)
            else {
                path.append(step)
                continue
            }
            if case .items(let list, _, _) = parts[number].content { path.append(.string(list)) }
            instance = PartInstance(part: number, path: path)
            start = path.count
        }
        self.instance = instance
        rest = Array(path[start...])
        guard instance != nil, case .object(var object) = error else {
            json = error
            return
        }
        object["path"] = .array(path)
        json = .object(object)
    }
}
