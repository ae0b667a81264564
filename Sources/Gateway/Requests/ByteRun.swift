extension [UInt8] {
    /// Whether the array has these bytes as a contiguous part; false if there are none.
    package func contains(run part: [UInt8]) -> Bool {
        guard count >= part.count, let first = part.first else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first), found + part.count <= endIndex {
            if self[found..<found + part.count].elementsEqual(part) { return true }
            start = found + 1
        }
        return false
    }
}
