internal import GraphQL
internal import JSON

/// An entity type of a collection's rows.
struct RowType: Sendable {
    let entity: Entity
    /// The mark that distinguishes its rows from those of other types; nil: all rows have the type.
    let mark: TypeMark?

    /// The entity types among the types of a collection's rows.
    static func all(of type: NamedType, in schema: Schema, _ entities: [TypeID: Entity]) -> [RowType] {
        if let entity = entities[type.id] { return [RowType(entity: entity, mark: nil)] }
        guard type.isAbstract else { return [] }
        return schema.possibleTypes(of: type.id).compactMap { id in
            entities[id].map { entity in
                let mark = TypeMark(member: type.discriminatorMember, text: schema[id].discriminatorText)
                return RowType(entity: entity, mark: mark)
            }
        }
    }

    /// Whether a row has the type.
    func isOf(_ node: Int, _ json: JSONDocument) -> Bool { mark?.isOn(node, of: json) ?? true }
}
