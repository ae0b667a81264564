internal import GraphQL
internal import JSON

/// Reads the keys of a field's parents; consecutive parents that name the same entity are looked up once.
// PERF: measured with 100 rows of 10 authors: a closure for each row, with its copies of request and resolver, cost more than
// everything else that is done for the row.
struct EntityKeys {
    private let source: EntityBinding.KeySource?
    /// The index at which the last parent had the key's member.
    private var hint = 0
    /// The last key that was looked up, and its position.
    private var last: (node: JSONNode, position: Int?)?

    init(of request: FieldRequest, table: BindingTable) {
        source = (table.kind(of: request.binding) as? EntityBinding)?.key
    }

    /// The position of each parent's key among the wanted ones, to which new keys are added; nil for a parent without a key.
    ///
    /// - Throws: the reason why no workspace can be called for the field.
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
            // Parents of one document are consecutive.
            let number = request.parents[index].document
            var end = index + 1
            while end < request.parents.count, request.parents[end].document == number { end += 1 }
            let document = request.documents[Int(number)]
            let parents = request.parents[index..<end]
            index = end
            guard let workspace = document.origin >= 0 ? document.origin : workspaceAtRoot else {
                positions.append(contentsOf: repeatElement(nil, count: parents.count))
                continue
            }
            switch source {
            case .argument(let argument):
                let key = argument.text(in: request.arguments)
                for _ in parents { positions.append(key.map { wanted.add($0, in: workspace) }) }
            case .member(let member):
                last = nil
                add(member, of: parents, in: document.json, workspace, &wanted, to: &positions)
            }
        }
        return positions
    }

    /// Adds the positions of the keys of parents that are in one document.
    private mutating func add(
        _ member: JSONKey,
        of parents: ArraySlice<ValueReference>,
        in json: JSONDocument,
        _ workspace: Int,
        _ wanted: inout WantedEntities,
        to positions: inout [Int?]
    ) {
        let (nodeArray, bytes) = (json.nodes, json.bytes)
        let nodes = nodeArray.span
        let text = bytes.span
        for parent in parents {
            let parent = Int(parent.node)
            let node = JSONDocument.likelyMember(member.digest, of: parent, hint: hint, nodes: nodes, text: text)
            // PERF: lists are often sorted or grouped; comparing bytes is cheaper than making and hashing a string.
            if wanted.isSharing, let last, let node, node.hasSameText(as: last.node, in: text) {
                positions.append(last.position)
            } else {
                positions.append(position(of: member, in: json, parent, workspace, &wanted))
            }
        }
    }

    private mutating func position(
        of member: JSONKey,
        in json: JSONDocument,
        _ parent: Int,
        _ workspace: Int,
        _ wanted: inout WantedEntities
    ) -> Int? {
        guard let node = json.member(member, of: parent, hint: &hint) else { return nil }
        let position = json.scalarText(of: node).map { wanted.add($0, in: workspace) }
        last = (json.node(node), position)
        return position
    }
}
