internal import GraphQL
internal import JSON

/// The objects to which a selection applies, as far as their number is known before execution.
struct EstimatedRows {
    /// Identifies the set: two sets with the same id have the same objects.
    var id: Int
    /// The number of objects, with repetitions.
    var rows: CostRange
    /// The most distinct objects; only these make calls of their own.
    var distinct: Int
    /// The most workspaces that they come from.
    var workspaces: Int
    /// The indices of the workspaces from which an object is guaranteed.
    var guaranteed: [Int] = []
    /// Whether they belong to no workspace: the root value, and objects nested in it.
    var isAtRoot = false
    /// Whether their number had to be assumed.
    var isAssumed = false
    /// The parents that they belong to, if they are rows of a collection that is split by parent; nil otherwise.
    var owner: Owner?
    /// Their role in a connection, if they are part of one.
    var shape = Shape.object

    /// The parents of rows, named by a member of each row.
    struct Owner {
        let type: TypeID
        let member: JSONKey
        /// The most parents.
        let distinct: Int
    }

    /// The role of an object in a connection.
    enum Shape {
        case object
        indirect case connection(of: EstimatedRows)
        indirect case edge(of: EstimatedRows)
    }

    /// The same set for a selection on some of the possible types: no object is guaranteed to have one of them.
    var withoutGuarantee: EstimatedRows {
        var rows = self
        rows.guaranteed = []
        rows.rows = CostRange(0, rows.rows.max)
        return rows
    }
}
