/// The rights of a key in its workspace.
///
/// A key such as `wsk_live_acme` sees everything. `wsk_live_acme_NAME` is another key of the same workspace, with a budget
/// of its own, that sees about half of the projects and their issues: which half depends on the name.
enum Viewer: Hashable, Sendable {
    /// Sees every row.
    case owner
    /// Sees the half of the projects that a hash of this name selects.
    case member(String)

    /// Whether the rights include a project and its issues.
    func sees(projectID: String?) -> Bool {
        guard case .member(let name) = self else { return true }
        guard let projectID else { return false }
        var hash = FNV1a()
        hash.add(name.utf8)
        hash.add(projectID.utf8)
        return SplitMix64.mix(hash.value) & 1 == 0
    }
}
