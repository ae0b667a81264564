internal import GraphQL
internal import JSON

/// A result with the parts that are complete.
struct PartResult {
    /// The data, with the fields that represent parts.
    let data: JSONValue
    private let errors: [PartInstance?: [PartError]]
    /// The codes of all errors.
    let errorCodes: [String]

    /// Parses the output of `Execution.writeParts`.
    init(_ text: [UInt8], _ parts: [PlanPart]) {
        let response = (try? JSONValue(parsing: text)) ?? .null
        data = response["data"] ?? .null
        let all = (response["errors"]?.arrayValue ?? []).map { PartError($0, parts) }
        errors = Dictionary(grouping: all, by: \.instance)
        errorCodes = all.compactMap { $0.json["extensions"]?["code"]?.stringValue }
    }

    /// The errors of a part; nil: those of the initial response.
    func errors(of instance: PartInstance?) -> [PartError] { errors[instance] ?? [] }
}
