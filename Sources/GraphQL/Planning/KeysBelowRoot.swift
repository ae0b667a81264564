internal import JSON

/// The encoded keys of all fields below the root fields, each field before those below it.
struct KeysBelowRoot: Sendable, Equatable {
    /// Each with its quotes and colon.
    private let bytes: [UInt8]
    private let ranges: [Range<Int>]

    init(_ plan: Plan, key: (String) -> String = { $0 }) {
        var collector = Collector(plan: plan)
        collector.collect(plan.root, isRoot: true, key)
        bytes = collector.bytes
        ranges = collector.ranges
    }

    /// Makes an empty list.
    init() {
        bytes = []
        ranges = []
    }

    /// The bytes of an array's header, with the overhead of the allocator.
    static let arrayOverhead = 56

    /// The bytes that they take in memory.
    var memoryFootprint: Int {
        bytes.capacity + ranges.capacity * MemoryLayout<Range<Int>>.stride + 2 * Self.arrayOverhead
    }

    /// Whether a name is one of the keys.
    func contains(_ name: String) -> Bool {
        let name = name.utf8.span
        return ranges.contains { range in
            range.count == name.count + 3
                && bytes.span.extracting(range.lowerBound + 1..<range.upperBound - 2).hasSameBytes(as: name)
        }
    }

    /// The bytes of a key, with its quotes and colon.
    func count(of ordinal: Int) -> Int { ranges[ordinal].count }

    /// Appends a key.
    func append(_ ordinal: Int, to output: inout OutputBuffer) {
        output.append(contentsOf: bytes, in: ranges[ordinal])
    }

    /// Appends all keys.
    func append(to output: inout OutputBuffer) { output.append(contentsOf: bytes) }

    static func == (left: KeysBelowRoot, right: KeysBelowRoot) -> Bool {
        // A key ends with a colon, and has no other.
        left.bytes == right.bytes
    }

    private struct Collector {
        let plan: Plan
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []

        mutating func collect(_ id: PlanSelectionID, isRoot: Bool, _ key: (String) -> String) {
            for variant in plan[id].variants {
                for field in variant.fields {
                    if !isRoot {
                        let start = bytes.count
                        bytes.append(encodedKey: key(plan[field].responseKey), withComma: false)
                        ranges.append(start..<bytes.count)
                    }
                    if let selection = plan[field].selection { collect(selection, isRoot: false, key) }
                }
            }
        }
    }
}

extension Plan {
    /// Whether the types of all objects are declared, so that operations of one signature have their keys at the same positions.
    var hasStaticKeys: Bool { selections.allSatisfy { $0.isConcrete && $0.variants.count == 1 } }
}
