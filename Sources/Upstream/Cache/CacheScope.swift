/// Who may see a response: the credential that fetched it, or everyone of the workspace.
package enum CacheScope: Sendable, Hashable {
    case credential(Credential)
    case workspace

    /// The memory that it takes up outside of itself.
    var allocatedBytes: Int {
        switch self {
        case .credential(let credential): credential.allocatedBytes
        case .workspace: 0
        }
    }

    /// A keyed hash.
    var digest: Int {
        switch self {
        case .credential(let credential): credential.hashValue
        case .workspace: 1
        }
    }
}
