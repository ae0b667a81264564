/// The fields of an object that are planned before a deferred fragment, so that the fragment does not repeat them.
struct PlannedFields {
    private var leaves: Set<String> = []
    private var nodes: Set<ObjectIdentifier> = []

    /// These fields and those of a selection set, without its deferred fragments.
    func adding(_ groups: [FieldGroup]) -> PlannedFields {
        var all = self
        for group in groups where group.deferral == nil {
            if group.isLeaf {
                all.leaves.insert(group.responseKey)
            } else {
                all.nodes.formUnion(group.nodes.map { ObjectIdentifier($0) })
            }
        }
        return all
    }

    /// Whether a field of a fragment is among them, with all that is selected on its value.
    ///
    /// A field whose value is an object or a list of objects is if it is the same text: the fragment is spread a second time.
    func contains(_ group: FieldGroup) -> Bool {
        guard group.deferral == nil else { return false }
        if group.isLeaf { return leaves.contains(group.responseKey) }
        return group.nodes.allSatisfy { nodes.contains(ObjectIdentifier($0)) }
    }
}
