internal import GraphQL
internal import JSON

/// Reads the keys of a field's parents; rows in a row that name the same entity are looked up once.
// PERF: measured with 100 rows of 10 authors: a closure for each row, and the copies of need and resolver that it brings,
// cost more than all else that is done for the row.
struct EntityKeys {
    private let source: EntityBinding.KeySource?
    /// Where the key's member was in the last row.
    private var hint = 0
    /// The parent whose key was looked up last, and the result.
    private var last: (node: Int, position: Int?)?

    init(of request: FieldRequest, table: BindingTable) {
        source = (table.kind(of: request.binding) as? EntityBinding)?.key
    }

    /// The position of each parent's key among those that are wanted, to which new ones are added; nil for one without key.
    ///
    /// - Throws: why no workspace can be asked for the field.
    mutating func positions(
        of request: FieldRequest,
        in resolver: UpstreamResolver,
        among wanted: inout WantedEntities
    ) throws(FieldFailure) -> [Int?] {
        let workspaceAtRoot = request.isAtRoot ? try resolver.workspace(atRoot: request) : nil
        guard let source else { return request.parents.map { _ in nil } }
        var positions: [Int?] = []
        positions.reserveCapacity(request.parents.count)
        var index = 0
        while index < request.parents.count {
            // Parents of one document stand together.
            let number = request.parents[index].document
            let document = request.documents[Int(number)]
            let workspace = document.origin >= 0 ? document.origin : workspaceAtRoot
            last = nil
            while index < request.parents.count, request.parents[index].document == number {
                let node = Int(request.parents[index].node)
                index += 1
                guard let workspace else {
                    positions.append(nil)
                    continue
                }
                switch source {
                case .argument(let name):
                    let key = request.arguments[name]?.scalarText
                    positions.append(key.map { wanted.add($0, in: workspace) })
                case .member(let member):
                    positions.append(position(of: member, in: document.json, node, workspace, &wanted))
                }
            }
        }
        return positions
    }

    private mutating func position(
        of member: JSONKey,
        in json: JSONDocument,
        _ parent: Int,
        _ workspace: Int,
        _ wanted: inout WantedEntities
    ) -> Int? {
        guard let node = json.member(member, of: parent, hint: &hint) else { return nil }
        // PERF: lists are often sorted or grouped; comparing bytes is cheaper than making and hashing a string.
        if wanted.isSharing, let last, json.hasSameText(last.node, node) { return last.position }
        let position = json.scalarText(of: node).map { wanted.add($0, in: workspace) }
        last = (node, position)
        return position
    }
}
