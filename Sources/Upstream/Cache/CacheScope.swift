/// The credentials that may see a response: the one that fetched it, or every accepted credential of the workspace.
package enum CacheScope: Sendable, Hashable {
    case credential(Credential)
    case workspace

    /// The bytes that it takes up outside of itself.
    var allocatedBytes: Int {
        switch self {
        case .credential(let credential): credential.allocatedBytes
        case .workspace: 0
        }
    }

    /// A keyed hash of the scope.
    var digest: Int {
        switch self {
        case .credential(let credential): credential.hashValue
        case .workspace: 1
        }
    }
}
