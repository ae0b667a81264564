internal import JSON

/// The labels of routes in metrics, by their paths.
struct RouteLabels: Sendable {
    private struct Entry: Sendable {
        /// The range of the path in `paths`, in bytes.
        let path: Range<Int>
        let label: String
        let takesEncodedPaths: Bool
    }

    private let entries: [Entry]
    /// The paths of all routes, one after another.
    private let paths: [UInt8]

    /// Collects the labels of routes.
    init(_ routes: [Route]) {
        var paths: [UInt8] = []
        // The shortest come first, as most requests are for these.
        let sorted = routes.sorted { ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path) }
        entries = sorted.map { route in
            let start = paths.count
            paths.append(contentsOf: route.path.utf8)
            return Entry(path: start..<paths.count, label: route.label, takesEncodedPaths: route.takesEncodedPaths)
        }
        self.paths = paths
    }

    /// The label of the route of a path, with or without a trailing slash; nil: there is none.
    subscript(path: Substring) -> String? {
        let bytes = path.utf8.span
        var count = bytes.count
        if count > 1, bytes[count - 1] == UInt8(ascii: "/") { count -= 1 }
        let wanted = bytes.extracting(0..<count)
        // PERF: runs for each request: compares lengths first, then words, and copies nothing.
        let entries = entries.span
        let paths = paths.span
        for position in entries.indices where entries[position].path.count == count {
            if paths.extracting(entries[position].path).hasSameBytes(as: wanted) { return entries[position].label }
        }
        let trimmed = count < bytes.count ? path.dropLast() : path
        guard let decoded = RequestTarget.decoded(trimmed) else { return nil }
        return self.entries.first { $0.takesEncodedPaths && self.paths[$0.path].elementsEqual(decoded.utf8) }?.label
    }
}
