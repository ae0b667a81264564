import GraphQL
import JSON
import Synchronization
import Testing

/// Fields of a schema whose values come from a table of functions, by `Type.field`.
struct MemoryBinding: FieldBinding {
    let bound: [String]
    let strictness = Strictness.upstream

    func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        guard let index = bound.firstIndex(of: "\(type.name).\(field.name)") else {
            return .member(JSONKey(field.name))
        }
        return .bound(BindingID(index: index))
    }

    func spelling(of value: EnumValueDefinition, in type: NamedType) -> String { value.name }
    func discriminator(of type: NamedType) -> JSONKey { "type" }
    func spelling(of objectType: NamedType) -> String { objectType.name }
}

/// Gives bound fields their values from memory, and keeps a log of what it was asked for.
final class MemoryResolver: FieldResolver {
    /// What a field's value is for one parent, given the parent's member `id` and the arguments.
    enum Response: Sendable {
        case null
        case json(String)
        case fails(String)
    }

    typealias Field = @Sendable (_ id: String, _ arguments: JSONObject) -> Response

    let binding: MemoryBinding
    private let fields: [String: Field]
    private let partialFailures: [String: [FieldFailure]]
    private let entries = Mutex([String]())

    init(_ fields: [String: Field], partialFailures: [String: [FieldFailure]] = [:]) {
        self.fields = fields
        self.partialFailures = partialFailures
        binding = MemoryBinding(bound: fields.keys.sorted())
    }

    /// Each field that was asked for with the ids of the parents, in order.
    var log: [String] { entries.withLock { $0 } }

    func resolve(_ request: FieldRequest) async -> Resolution {
        let name = binding.bound[request.binding.index]
        let ids = request.parents.map { parent in
            let json = request.documents[Int(parent.document)].json
            return json.member(named: "id", of: Int(parent.node)).flatMap { json.stringValue(of: $0) } ?? "-"
        }
        entries.withLock { $0.append("\(name)(\(ids.joined(separator: ",")))") }
        var resolution = Resolution()
        resolution.partialFailures = partialFailures[name] ?? []
        for id in ids {
            switch fields[name]?(id, request.arguments) ?? .null {
            case .null:
                resolution.values.append(.null)
            case .json(let text):
                guard let document = try? SourceDocument(text: text) else {
                    resolution.values.append(.null)
                    Issue.record("This is not JSON: \(text)")
                    continue
                }
                resolution.documents.append(document)
                resolution.values.append(.found(document: resolution.documents.count - 1, node: 0))
            case .fails(let message):
                resolution.failures.append(FieldFailure(message, extensions: ["code": "C"]))
                resolution.values.append(.failed(resolution.failures.count - 1))
            }
        }
        return resolution
    }
}
