internal import GraphQL
internal import JSON

/// The entities embedded in a member of a field's parents, some of which lack selected members.
struct EmbeddedObjects {
    private let binding: EmbeddedBinding
    private let resolver: UpstreamResolver
    private let policy: CachePolicy
    /// The member's value in each parent; nil: the parent lacks it.
    private var values: [(document: SourceDocument, node: Int)?] = []
    /// The objects that lack a selected member, by document and node.
    private(set) var partial: [Position: PartialObject] = [:]
    private var completions: [Position: ObjectCompletion.Completion] = [:]

    /// The document and node of an object.
    struct Position: Hashable {
        let document: ObjectIdentifier
        let node: Int
    }

    /// Finds the embedded objects that lack a selected member.
    init(
        of request: FieldRequest,
        _ binding: EmbeddedBinding,
        members: ReadMembers,
        _ resolver: UpstreamResolver
    ) {
        self.binding = binding
        self.resolver = resolver
        policy = resolver.table.policy(of: request.binding)
        var hint = 0
        values = request.parents.map { parent in
            let document = request.documents[Int(parent.document)]
            let node = document.json.member(binding.member.digest, of: Int(parent.node), hint: &hint)
            return node.map { (document, $0) }
        }
        var hints: [Int] = []
        var shown: [ObjectIdentifier: Set<ReadMember>] = [:]
        for (document, object) in objects where !members.areShown(in: document.json, at: object, &hints) {
            guard document.origin >= 0, let key = binding.entity.key(of: object, in: document) else { continue }
            let completion = completion(in: document.origin)
            let lacking = members.ofRows.lacking(in: document, at: object)
            // If another object of the same response has the member, it is null in this one.
            if !lacking.isEmpty, shown[ObjectIdentifier(document)] == nil {
                shown[ObjectIdentifier(document)] = self.shown(members, in: document)
            }
            let unknown = lacking.filter { !(shown[ObjectIdentifier(document)]?.contains($0) ?? false) }
            let missing = completion.missing(unknown, in: document, at: object, key: key, source)
            guard !missing.isEmpty else { continue }
            partial[Position(document: ObjectIdentifier(document), node: object)] = PartialObject(
                key: key,
                isKeyAsserted: true,
                document: document,
                node: object,
                missing: missing,
                source: source
            )
        }
    }

    private var source: MemberKnowledge.Representation.Source { .holder(binding.holder, binding.member) }

    /// All objects, with repetitions.
    private var objects: [(document: SourceDocument, node: Int)] {
        values.flatMap { value -> [(document: SourceDocument, node: Int)] in
            guard let (document, node) = value else { return [] }
            return objects(in: node, of: document).map { (document, $0) }
        }
    }

    private func objects(in node: Int, of document: SourceDocument) -> [Int] {
        let json = document.json
        if binding.isList, json.node(node).kind == .array {
            return json.elements(of: node).filter { json.node($0).kind == .object }
        }
        return json.node(node).kind == .object ? [node] : []
    }

    /// The members that at least one object of a response has.
    private func shown(_ members: ReadMembers, in response: SourceDocument) -> Set<ReadMember> {
        Set(
            members.all.filter { member in
                objects.contains { $0.document === response && member.isShown(in: response.json, at: $0.node) }
            }
        )
    }

    private func completion(in workspace: Int) -> ObjectCompletion {
        ObjectCompletion(session: resolver.session, entity: binding.entity, workspace: workspace, policy: policy)
    }

    /// Fetches the entities that lack a selected member, each once.
    mutating func complete() async {
        let byWorkspace = Dictionary(grouping: partial) { $0.value.document.origin }
        for (workspace, found) in byWorkspace {
            let found = found.sorted { $0.key.node < $1.key.node }
            var ordinals: [ExactString: Int] = [:]
            var objects: [PartialObject] = []
            for (_, object) in found where ordinals[ExactString(object.key)] == nil {
                ordinals[ExactString(object.key)] = objects.count
                objects.append(object)
            }
            let completed = await completion(in: workspace).complete(objects)
            for (position, object) in found {
                completions[position] = ordinals[ExactString(object.key)].map { completed[$0] }
            }
        }
    }

    /// Returns the values for all parents.
    func resolution() -> Resolution {
        var resolution = Resolution()
        var documents = LinkedDocuments()
        for value in values {
            guard let (document, node) = value, document.json.node(node).kind != .null else {
                resolution.values.append(.null)
                continue
            }
            let found = self.value(document, node, &resolution)
            resolution.values.append(.found(document: documents.number(of: found.document) - 1, node: found.node))
        }
        resolution.documents = documents.documents
        return resolution
    }

    private func value(
        _ document: SourceDocument,
        _ node: Int,
        _ resolution: inout Resolution
    ) -> (document: SourceDocument, node: Int) {
        let objects = objects(in: node, of: document)
        let isComplete = objects.allSatisfy { completions[position(document, $0)] == nil }
        if isComplete { return (document, node) }
        guard binding.isList, document.json.node(node).kind == .array else {
            return completed(document, node, &resolution)
        }
        var linked = LinkedDocuments()
        var builder = JSONDocumentBuilder()
        builder.beginArray()
        for element in document.json.elements(of: node) {
            let shown = completed(document, element, &resolution)
            builder.reference(to: shown.node, in: linked.number(of: shown.document))
        }
        builder.endArray()
        return (SourceDocument(builder.finish(), origin: document.origin, linked: linked.documents), 0)
    }

    private func completed(
        _ document: SourceDocument,
        _ node: Int,
        _ resolution: inout Resolution
    ) -> (document: SourceDocument, node: Int) {
        let position = position(document, node)
        guard let completion = completions[position], let object = partial[position] else { return (document, node) }
        switch completion {
        case .complete(let document, let node): return (document, node)
        case .deleted, .gone: resolution.incompleteObjects += object.incomplete(.deletedEntity)
        case .failed(let failure): resolution.incompleteObjects += object.incomplete(.incompleteEntity(failure))
        }
        return (document, node)
    }

    private func position(_ document: SourceDocument, _ node: Int) -> Position {
        Position(document: ObjectIdentifier(document), node: node)
    }
}

extension FieldFailure {
    /// The failure of an embedded object that has been deleted.
    fileprivate static let deletedEntity = FieldFailure(
        .notFound,
        "The response shows only a part of the object, which has been deleted since."
    )

    /// The failure of an incomplete embedded object that cannot be fetched.
    fileprivate static func incompleteEntity(_ reason: FieldFailure) -> FieldFailure {
        var failure = reason
        failure.message = "The response shows only a part of the object, which cannot be read: \(reason.message)"
        return failure
    }
}
