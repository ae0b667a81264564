internal import GraphQL
internal import JSON

/// The objects that a selection applies to, as far as their number is known beforehand.
struct EstimatedRows {
    /// Names the set: two sets of one number hold the same objects.
    var id: Int
    /// How many there are.
    var rows: CostRange
    /// The most that differ; only these make calls of their own.
    var distinct: Int
    /// How many workspaces they come from at most.
    var workspaces: Int
    /// The workspaces from which an object is guaranteed, by position.
    var guaranteed: [Int] = []
    /// Whether they belong to no workspace: the root value, and what lies in it.
    var isAtRoot = false
    /// Whether their number had to be assumed.
    var isAssumed = false
    /// The parents that they belong to, if they are rows of a collection that is split by parent.
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

    /// The same set as a selection for some of the types sees it: nothing is guaranteed of it.
    var withoutGuarantee: EstimatedRows {
        var rows = self
        rows.guaranteed = []
        rows.rows = CostRange(0, rows.rows.max)
        return rows
    }
}
