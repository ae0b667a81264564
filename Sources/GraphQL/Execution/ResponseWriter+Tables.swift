internal import JSON

extension ResponseWriter {
    /// The tables that the writer reads for every row, without reference counting.
    // PERF: see `PlanSteps`.
    @safe
    struct Tables {
        // SAFETY: the documents live as long as the execution that the writer holds.
        private let documents: [Unmanaged<JSONDocument>]
        /// The first rows of all fields' parents, one field after the other.
        private let starts: [Int32]
        /// The values of all bound fields, one field after the other.
        private let values: [ResolvedField.Value]
        // PERF: one array instead of five, as each response allocates it.
        private let places: [Place]

        /// The ranges of a field in the tables.
        private struct Place {
            /// The index of the field's first start, and their number.
            var starts = (first: 0, count: 0)
            /// The index of the field's first value, and their number.
            var values = (first: 0, count: 0)
            /// The row at which the field's partial failures are reported; -1: there are none.
            var partialFailureRow = -1
        }

        init(_ execution: Execution) {
            // SAFETY: see `documents`.
            unsafe documents = execution.documents.map { unsafe Unmanaged.passUnretained($0.json) }
            var (starts, values): ([Int32], [ResolvedField.Value]) = ([], [])
            places = execution.rows.indices.map { field in
                var place = Place()
                if let rows = execution.rows[field] {
                    place.starts = (starts.count, rows.starts.count)
                    starts += rows.starts
                }
                if let resolved = execution.resolved[field] {
                    place.values = (values.count, resolved.values.count)
                    values += resolved.values
                    if !resolved.partialFailures.isEmpty { place.partialFailureRow = resolved.firstRow }
                }
                return place
            }
            (self.starts, self.values) = (starts, values)
        }

        /// The index of the first row of a parent's value; 0 if rows are not counted.
        func firstRow(of field: PlanFieldID, parent row: Int) -> Int {
            let place = places[field.index].starts
            return row < place.count ? Int(starts[place.first + row]) : 0
        }

        /// The value of a bound field.
        func resolved(_ field: PlanFieldID, row: Int) -> ResolvedField.Value? {
            let place = places[field.index].values
            return row < place.count ? values[place.first + row] : nil
        }

        /// The row at which a field's partial failures are reported; -1: there are none.
        func partialFailureRow(of field: PlanFieldID) -> Int { places[field.index].partialFailureRow }

        /// A node as it is stored: links and references have to be resolved by `locate`.
        func node(_ index: Int, in document: Int) -> JSONNode {
            // SAFETY: see `documents`.
            unsafe documents[document]._withUnsafeGuaranteedRef { $0.node(index) }
        }

        /// The index of the first value in an object or array.
        func firstChild(of container: Int, in document: Int) -> Int {
            // SAFETY: see `documents`.
            unsafe documents[document]._withUnsafeGuaranteedRef { $0.firstChild(of: container) }
        }

        /// The index of the node after a value and its contents.
        func next(after index: Int, in document: Int) -> Int {
            // SAFETY: see `documents`.
            unsafe documents[document]._withUnsafeGuaranteedRef { $0.next(after: index) }
        }

        /// The member of an object.
        func member(_ key: KeyDigest, of parent: Parent, hint: inout Int) -> Int? {
            // SAFETY: see `documents`.
            unsafe documents[parent.document]._withUnsafeGuaranteedRef { $0.member(key, of: parent.node, hint: &hint) }
        }

        /// Copies fields from the start of a range, as long as they are leaves whose values can be copied and the output
        /// is not too large.
        ///
        /// - Returns: the index of the first field that has to be completed.
        func copyLeaves(
            _ range: Range<Int>,
            of parent: Parent,
            _ plan: PlanSteps,
            maximumBytes: Int,
            hints: inout [Int],
            into output: inout OutputBuffer
        ) -> Int {
            // SAFETY: see `documents`.
            unsafe documents[parent.document]._withUnsafeGuaranteedRef { json in
                let (nodeArray, bytes) = (json.nodes, json.bytes)
                let nodes = nodeArray.span
                let text = bytes.span
                let fields = plan.fields.span
                let steps = plan.steps.span
                let keys = plan.encodedKeys.span
                var position = range.lowerBound
                while position < range.upperBound, output.count <= maximumBytes {
                    let index = fields[position].index
                    guard steps[index].leaf.copiesAny else { break }
                    var found = JSONDocument.likelyMember(
                        steps[index].leaf.member,
                        of: parent.node,
                        hint: hints[index],
                        nodes: nodes,
                        text: text
                    )
                    if found == nil,
                        let value = json.member(steps[index].leaf.member, of: parent.node, hint: &hints[index])
                    {
                        found = nodes[value]
                    }
                    guard let node = found, steps[index].leaf.copies(node, in: text) else { break }
                    output.append(keys, in: steps[index].leaf.key)
                    let value = Int(node.start)..<Int(node.end)
                    output.append(text, in: value, quoted: steps[index].leaf.quotes(node.kind))
                    position += 1
                }
                return position
            }
        }

        /// Resolves a link or a reference to the value that it refers to; see `Execution.locate`.
        func locate(_ index: Int, in document: Int) -> (document: Int, index: Int, node: JSONNode) {
            // SAFETY: see `documents`.
            let (position, found, target) = unsafe documents[document]._withUnsafeGuaranteedRef { json in
                let position = json.resolve(index)
                let found = json.node(position)
                return (position, found, found.kind == .reference ? json.reference(of: found) : nil)
            }
            guard let target else { return (document, position, found) }
            return (document + target.document, target.node, node(target.node, in: document + target.document))
        }
    }
}
