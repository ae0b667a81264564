internal import GraphQL
internal import JSON

/// A collection as a field shows it.
package struct CollectionBinding: Sendable {
    package let template: CallTemplate
    /// The rows' type if it is an entity: rows are distinguished by its key.
    package let entity: Entity?
    /// How a connection type shows its rows; nil: the field is a plain list.
    package let connection: ConnectionShape?
    /// How rows belong to the parent, if they do.
    package let by: Ownership?
    /// The meaning of the parameters of the template's query.
    let parameters: ListParameters

    /// How the rows of a collection belong to parents.
    package struct Ownership: Sendable {
        /// The template's variable that takes the parent's key.
        let variable: String
        /// The member of a row that holds it.
        let member: JSONKey
        /// The member of the parent that is its key.
        let parentKey: JSONKey
        /// The type of the parents.
        let parent: Entity
    }
}
