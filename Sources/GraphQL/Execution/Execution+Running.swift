extension Execution {
    /// Resolves until the execution is complete. Branches go on independently; a need that is alone runs inline.
    package mutating func run(with resolver: some FieldResolver) async {
        var needs = ready()
        while needs.count == 1, let need = needs.first {
            accept(await resolver.resolve(need), for: need)
            needs = ready()
        }
        guard !needs.isEmpty else { return }
        await runConcurrently(needs, with: resolver)
    }

    private mutating func runConcurrently(_ first: [Need], with resolver: some FieldResolver) async {
        await withTaskGroup(of: (need: Need, resolution: Resolution).self) { group in
            var needs = first
            repeat {
                for need in needs {
                    group.addTask { (need, await resolver.resolve(need)) }
                }
                guard let result = await group.next() else { return }
                accept(result.resolution, for: result.need)
                needs = ready()
            } while !isComplete || !needs.isEmpty
        }
    }
}
