internal import GraphQL
internal import JSON

/// The members that at least one row of a response has, cached by response.
struct ShownMembers {
    private struct Question: Hashable {
        let document: ObjectIdentifier
        let member: ReadMember
    }

    private var known: [Question: Bool] = [:]

    /// The mark of the rows that count; nil: all rows do.
    private let mark: TypeMark?

    init(_ mark: TypeMark? = nil) { self.mark = mark }

    /// Whether at least one row of a response has a member.
    ///
    /// - Parameters:
    ///   - member: the member.
    ///   - document: the response, which must not be released.
    ///   - reader: the reader of the response.
    ///   - note: a function that is called once for each response with such a row.
    /// - Returns: whether there is such a row.
    mutating func contains(
        _ member: ReadMember,
        _ document: SourceDocument,
        _ reader: ResponseReader,
        note: () -> Void = {}
    ) -> Bool {
        let question = Question(document: ObjectIdentifier(document), member: member)
        if let known = known[question] { return known }
        let isShown = reader.rows(in: document).map { rows in
            document.json.elements(of: rows).contains { row in
                member.isShown(in: document.json, at: row) && mark?.isOn(row, of: document.json) ?? true
            }
        }
        known[question] = isShown ?? false
        if isShown == true { note() }
        return isShown ?? false
    }
}
