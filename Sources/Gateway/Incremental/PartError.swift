internal import GraphQL
internal import JSON

/// An error of a response, and the part that it is in.
struct PartError {
    /// The part; nil: what comes first.
    let instance: PartInstance?
    /// The rest of the path, from the part on.
    let rest: [JSONValue]
    /// The error with its path in the response.
    let json: JSONValue

    /// The place in the list, if the rest of the path begins with one.
    var index: Int? { rest.first?.numberValue?.intValue }

    /// Reads an error whose path names the parts that it is in.
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
