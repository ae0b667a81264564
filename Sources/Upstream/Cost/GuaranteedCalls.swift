/// The calls that an operation makes if nothing is cached, each counted once.
struct GuaranteedCalls {
    /// A GET of an object or of a page.
    struct Key: Hashable {
        let workspace: Int
        let path: String
        let page: Int
    }

    private var calls: Set<Key> = []
    /// The paths of the calls, and the workspaces in which each is called.
    private var workspaces: [String: Set<Int>] = [:]

    /// Counts a call; returns false if it has been counted already.
    mutating func add(workspace: Int, path: String, page: Int = 0) -> Bool {
        workspaces[path, default: []].insert(workspace)
        return calls.insert(Key(workspace: workspace, path: path, page: page)).inserted
    }

    /// Whether a call in a workspace has the path, whatever its page.
    func contains(workspace: Int, path: String) -> Bool {
        workspaces[path]?.contains(workspace) == true
    }

    /// Whether a call has the path, whatever its page.
    func contains(path: String) -> Bool { workspaces[path] != nil }
}
