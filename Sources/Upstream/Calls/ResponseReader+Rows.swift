internal import GraphQL
internal import JSON

extension ResponseReader {
    /// How many rows a response lists; nil: it is no list.
    func rowCount(of outcome: CallOutcome) -> Int? {
        guard case .found(let document) = outcome, let rows = rows(in: document) else { return nil }
        return document.json.count(of: rows)
    }

    /// Whether a node is a row of a collection's response.
    func hasRow(_ node: Int, in document: SourceDocument) -> Bool {
        guard let rows = rows(in: document) else { return false }
        return rows < node && node < Int(document.json.node(rows).next)
    }
}
