internal import GraphQL
internal import JSON

extension CostEstimator {
    /// Estimates a field's collections, and the fields below their rows.
    mutating func estimateCollection(_ collection: CollectionBinding, _ field: BoundField) {
        // A field with invalid paging arguments fails without a call.
        guard
            let paging = try? PagingArguments(field.arguments, of: plan[field.id].definition, table.conventions)
        else { return }
        // A plain list of zero rows takes no call.
        if collection.connection == nil, paging.count == 0 { return }
        let targets = targets(of: field, collection)
        let isMerged = field.parents.isAtRoot && targets.most > 1
        let windows = EstimatedWindows(isMerged ? paging.forMerging : paging, conventions: table.conventions)
        var rows = rows(of: field, collection, paging, targets, isMerged: isMerged)
        let lists = terms.isLikely ? knownLists(collection, field, targets) : []
        if terms.isLikely { rows = limited(rows, by: lists, collection, field, count: paging.count) }
        note(bringing: collection.entity)
        let isKnown = isCounted(key(of: field, arguments: field.arguments))
        var most = 0
        if !isKnown {
            most =
                terms.isLikely
                ? likelyCalls(of: field, collection, windows, targets, lists)
                : calls(of: field, collection, windows, targets)
            if !isMerged, needsCompletion(field, collection) {
                most = most.addingSaturating(completions(of: rows, field, collection))
            }
        }
        let least = leastCalls(of: field, collection, windows, targets, isMerged: isMerged)
        add(
            field,
            .collection(template: collection.template.template.text),
            rows: rows,
            calls: CostRange(least, most),
            sharesCalls: targets.most > 0 && most == 0
        )
        var shown = rows
        if collection.connection != nil {
            shown = field.parents.holding(0, of: 1, id: number(of: field))
            shown.isAtRoot = false
            shown.shape = .connection(of: rows)
        }
        descend(field, shown)
    }

    // MARK: - Windows

    /// The collections that are read: one per workspace, or one per parent.
    private func targets(of field: BoundField, _ collection: CollectionBinding) -> CostContext.Choice {
        let template = collection.template
        let isSame = template.isIndependentOfParent && collection.by == nil
        if isSame, template.expand(arguments: field.arguments, parent: .empty, node: 0) == nil { return .none }
        guard field.parents.isAtRoot else { return targets(of: field, isSameForAllParents: isSame) }
        guard isSame else { return .none }
        let choice = terms.choice(named: workspaceArgument(of: field))
        return CostContext.Choice(guaranteed: field.parents.rows.min > 0 ? choice.guaranteed : [], most: choice.most)
    }

    private mutating func rows(
        of field: BoundField,
        _ collection: CollectionBinding,
        _ paging: PagingArguments,
        _ targets: CostContext.Choice,
        isMerged: Bool
    ) -> EstimatedRows {
        let isUnlimited = paging.count >= PageWindow.everything
        let count = isUnlimited ? assumedRows : paging.count
        let parents = field.parents
        let collections = isMerged ? min(1, targets.most) : targets.most
        return EstimatedRows(
            id: sets.number(of: RowSetIDs.Key(parents: number(of: field), path: .rowsOfConnection)),
            rows: CostRange(0, targets.most == 0 ? 0 : count.multipliedSaturating(by: parents.rows.max)),
            distinct: count.multipliedSaturating(by: collections),
            workspaces: parents.isAtRoot ? targets.most : parents.workspaces,
            isAssumed: parents.isAssumed || isUnlimited,
            owner: collection.by.map {
                EstimatedRows.Owner(type: $0.parent.type, member: $0.member, distinct: targets.most)
            }
        )
    }

    // MARK: - Cost

    /// The most calls: a window of each collection, after a whole list may have been read in vain.
    private mutating func calls(
        of field: BoundField,
        _ collection: CollectionBinding,
        _ windows: EstimatedWindows,
        _ targets: CostContext.Choice
    ) -> Int {
        let most = targets.most
        guard most > 0 else { return 0 }
        let key = key(
            of: field,
            arguments: collection.template.relevant(of: field.arguments, and: workspaceArguments(of: field))
        )
        let inVain = callsInVain(field, collection, most, key)
        guard terms.options.deduplication else {
            let pages = (windows.pages?.count ?? 0).addingSaturating(windows.morePages)
            return pages.multipliedSaturating(by: most).addingSaturating(inVain)
        }
        let fresh = windows.pages.map { knownPages.add($0, of: key) } ?? 0
        let pages = fresh.addingSaturating(windows.morePages)
        return pages.multipliedSaturating(by: most).addingSaturating(inVain)
    }

    /// The most pages of lists with the rows of several that are read in vain.
    ///
    /// The lists of all parents may be searched in one list per workspace, and lists that differ from others only in filters in a list
    /// without these filters.
    mutating func callsInVain(
        _ field: BoundField,
        _ collection: CollectionBinding,
        _ most: Int,
        _ key: RowSetIDs.Key
    ) -> Int {
        guard terms.options.batching, collection.template.isIndependentOfParent, most > 0 else { return 0 }
        var calls = 0
        let isFirst = most > 1 && collection.by != nil
        if isFirst, !terms.options.deduplication || knownPages.addWhole(of: key) {
            calls = CollectionCallPlan.mostCallsInVain(
                lists: most,
                workspaces: field.parents.workspaces,
                isPaged: table.conventions.isPaged
            )
        }
        guard collection.isFiltered(by: field.arguments) else { return calls }
        let filters = collection.parameters.equalities.count
        let group = ListGroup(
            type: collection.entity?.type,
            path: String(collection.template.template.text.prefix { $0 != "{" }),
            arguments: filters > 1 ? nil : collection.template.relevant(of: field.arguments, and: [])
        )
        return calls.addingSaturating(countLists(group, most, wholes: filters > 1 ? 3 : 1))
    }

    /// The guaranteed calls: the first page of each guaranteed collection.
    ///
    /// Lists that differ only in equality filters may all be cut from any list that has the rows of all.
    private mutating func leastCalls(
        of field: BoundField,
        _ collection: CollectionBinding,
        _ windows: EstimatedWindows,
        _ targets: CostContext.Choice,
        isMerged: Bool
    ) -> Int {
        guard !targets.guaranteed.isEmpty else { return 0 }
        guard let path = collection.template.expand(arguments: field.arguments, parent: .empty, node: 0) else {
            return 0
        }
        if collection.by == nil, let whole = pathOfWhole(field, collection) {
            return targets.guaranteed.count { workspace in
                !guaranteedCalls.contains(workspace: workspace, path: whole)
                    && guaranteedCalls.add(workspace: workspace, path: whole, page: 1)
            }
        }
        return targets.guaranteed.count { workspace in
            let page = windows.firstPage(slug: terms.slugs?[workspace] ?? "")
            return guaranteedCalls.add(workspace: workspace, path: path, page: page)
        }
    }

    /// The path of the list without equality filters from which a list may be cut; nil: there is none, or it is not cut.
    func pathOfWhole(_ field: BoundField, _ collection: CollectionBinding) -> String? {
        guard terms.options.batching, collection.isFiltered(by: field.arguments) else { return nil }
        let filters = Set(collection.parameters.equalities.keys.compactMap { collection.template.argument(for: $0) })
        let others = JSONObject(field.arguments.filter { !filters.contains($0.0) }.map { ($0.0, $0.1) })
        return collection.template.expand(arguments: others, parent: .empty, node: 0)
    }

    /// The most calls that complete rows: one per object, or per row without deduplication.
    private func completions(of rows: EstimatedRows, _ field: BoundField, _ collection: CollectionBinding) -> Int {
        guard terms.options.deduplication else { return rows.rows.max }
        guard terms.isLikely, let objects = knownObjects(field, collection) else { return rows.distinct }
        return min(rows.distinct, objects)
    }

    /// Whether rows may lack a member that is read, so that completing them may take a call for each.
    private func needsCompletion(_ field: BoundField, _ collection: CollectionBinding) -> Bool {
        guard let entity = collection.entity, terms.options.batching else { return false }
        return plan.membersOfRows(of: field.id, collection, table).all.contains { terms.isDetailOnly(entity.type, $0) }
    }
}

extension CollectionBinding {
    /// Whether an equality filter of the arguments or the owner leaves out rows.
    fileprivate func isFiltered(by arguments: JSONObject) -> Bool {
        by != nil
            || parameters.equalities.keys.contains { parameter in
                template.argument(for: parameter).flatMap { arguments[$0] }.map { !$0.isNull } ?? false
            }
    }
}
