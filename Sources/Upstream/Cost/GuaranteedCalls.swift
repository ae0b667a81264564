/// Calls that an operation makes if nothing is cached, each counted once.
struct GuaranteedCalls {
    /// A GET of an object or of a page.
    struct Key: Hashable {
        let workspace: Int
        let path: String
        let page: Int
    }

    private var calls: Set<Key> = []
    private var paths: Set<String> = []

    /// Counts a call; false if it is counted already.
    mutating func add(workspace: Int, path: String, page: Int = 0) -> Bool {
        paths.insert(path)
        return calls.insert(Key(workspace: workspace, path: path, page: page)).inserted
    }

    /// Whether some call in a workspace is one of the path, whatever its page.
    func contains(workspace: Int, path: String) -> Bool {
        calls.contains { $0.workspace == workspace && $0.path == path }
    }

    /// Whether some call is one of the path, whatever its page.
    func contains(path: String) -> Bool { paths.contains(path) }
}
