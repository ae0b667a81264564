import GraphQL
import JSON

/// Root fields whose values a function computes from their arguments; all other fields are members of their parents.
struct ComputedFields: FieldBinding, FieldResolver {
    let functions: [(field: String, value: @Sendable (JSONObject) -> JSONValue)]
    let strictness = Strictness.upstream

    func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        let index = type.name == "Query" ? functions.firstIndex { $0.field == field.name } : nil
        return index.map { .bound(BindingID(index: $0)) } ?? .member(JSONKey(field.name))
    }

    func spelling(of value: EnumValueDefinition, in type: NamedType) -> String { value.name }
    func spelling(of objectType: NamedType) -> String { objectType.name }
    func discriminator(of type: NamedType) -> JSONKey { "__typename" }

    func resolve(_ request: FieldRequest) async -> Resolution {
        let value = functions[request.binding.index].value(request.arguments)
        do {
            var resolution = Resolution()
            resolution.documents = [SourceDocument(try JSONDocument(parsing: value.serialized()))]
            resolution.values = request.parents.map { _ in .found(document: 0, node: 0) }
            return resolution
        } catch {
            return Resolution(failure: FieldFailure("The value is not JSON."), parents: request.parents.count)
        }
    }
}
