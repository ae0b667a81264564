internal import GraphQL
internal import JSON

extension UpstreamResolver {
    /// Fetches the window of a collection for each parent, equal paths once.
    func resolveCollections(_ collection: Collection, _ need: Need) async -> Resolution {
        let window: PageWindow
        do {
            window = try PageWindow(arguments: need.arguments, defaultCount: defaultCount(of: need))
        } catch {
            return Resolution(failure: error, parents: need.parents.count)
        }
        var paths: [String] = []
        var ordinals: [String: Int] = [:]
        let pathOfParent = need.parents.map { parent -> Int? in
            let document = need.documents[Int(parent.document)]
            guard
                let path = collection.template.expand(
                    arguments: need.arguments,
                    parent: document,
                    node: Int(parent.node)
                )
            else { return nil }
            if let known = ordinals[path] { return known }
            ordinals[path] = paths.count
            paths.append(path)
            return paths.count - 1
        }
        let results = await rows(of: paths, in: window, entity: collection.entity)
        var resolution = Resolution()
        let presentation = CollectionPresentation(need: need, collection: collection)
        let values = results.map { result -> Resolution.Value in
            switch result {
            case .success(let rows):
                let (document, node) = presentation.present(rows)
                resolution.documents.append(document)
                return .found(document: resolution.documents.count - 1, node: node)
            case .failure(let failure):
                resolution.failures.append(failure)
                return .failed(resolution.failures.count - 1)
            }
        }
        resolution.values = pathOfParent.map { $0.map { values[$0] } ?? .null }
        return resolution
    }

    /// How many rows are wanted where the arguments do not say: all that one call gives, unless clients can ask for more.
    private func defaultCount(of need: Need) -> Int {
        guard table.conventions.isPaged else { return PageWindow.everything }
        let canPage = PageWindow.canPage(need.plan[need.field].definition.arguments)
        return canPage ? table.conventions.defaultPerPage : table.conventions.maximumPerPage
    }

    /// Fetches the rows of a window for each path: the first page of each at once, then what else is needed at once.
    private func rows(
        of paths: [String],
        in window: PageWindow,
        entity: Entity?
    ) async -> [Result<CollectionRows, FieldFailure>] {
        let conventions = table.conventions
        guard conventions.isPaged else {
            return await session.fetch(paths.map { Call(path: $0) }).map { outcome in
                pages([1: outcome], window: window, size: .max, entity: entity)
            }
        }
        let size = conventions.maximumPerPage
        let wanted = window.pages(of: size)
        let first = await session.fetch(paths.map { call(for: $0, page: wanted.lowerBound) })
        var outcomes = first.map { [wanted.lowerBound: $0] }
        // The first page tells how many there are; the others are then fetched together.
        var further: [(path: Int, page: Int)] = []
        for (index, outcome) in first.enumerated() {
            for page in wanted.dropFirst() where mayExist(page, after: wanted.lowerBound, outcome, size: size) {
                further.append((index, page))
            }
        }
        let rest = await session.fetch(further.map { call(for: paths[$0.path], page: $0.page) })
        for (place, outcome) in zip(further, rest) { outcomes[place.path][place.page] = outcome }
        return outcomes.map { pages($0, window: window, size: size, entity: entity) }
    }

    private func call(for path: String, page: Int) -> Call {
        guard let pageName = table.conventions.pageParameter, let perPageName = table.conventions.perPageParameter else {
            return Call(path: path)
        }
        let separator = path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return Call(path: "\(path)\(separator)\(pageName)=\(page)&\(perPageName)=\(table.conventions.maximumPerPage)")
    }

    /// Whether a later page can hold rows, as far as the first one tells.
    private func mayExist(_ page: Int, after first: Int, _ outcome: CallOutcome, size: Int) -> Bool {
        guard case .answered(let document) = outcome, let node = reader.rows(in: document) else { return false }
        let found = document.json.count(of: node)
        guard found >= size else { return false }
        guard let count = reader.count(in: document), count > found else { return true }
        return (page - 1) * size < count
    }

    private func pages(
        _ outcomes: [Int: CallOutcome],
        window: PageWindow,
        size: Int,
        entity: Entity?
    ) -> Result<CollectionRows, FieldFailure> {
        var rows = CollectionRows(window: window, pageSize: size, entity: entity)
        for (page, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
            switch outcome {
            case .failed(let failure):
                return .failure(failure)
            case .missing:
                // Some upstreams answer so for a page past the end; for the first one it means the whole collection.
                guard page > 1 else { return .failure(FieldFailure(.notFound, "The upstream has no such collection.")) }
                rows.append(page: page, nil, nodes: [], count: nil)
            case .answered(let document):
                guard let node = reader.rows(in: document) else {
                    return .failure(FieldFailure(.upstreamInvalidResponse, "The upstream's answer holds no list of rows."))
                }
                let nodes = Array(document.json.elements(of: node))
                rows.append(page: page, document, nodes: nodes, count: reader.count(in: document))
            }
        }
        return .success(rows)
    }
}
