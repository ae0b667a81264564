extension Execution {
    /// Resolves until the execution is complete.
    ///
    /// Branches go on independently; a batch that is alone runs inline.
    package mutating func run(with resolver: some FieldResolver) async {
        var groups = resolver.batches(of: ready())
        while groups.count == 1, let group = groups.first {
            accept(await resolver.resolve(batch: group), for: group)
            groups = resolver.batches(of: ready())
        }
        guard !groups.isEmpty else { return }
        await runConcurrently(groups, with: resolver)
    }

    private mutating func runConcurrently(_ first: [[FieldRequest]], with resolver: some FieldResolver) async {
        await withTaskGroup(of: (requests: [FieldRequest], resolutions: [Resolution]).self) { tasks in
            var groups = first
            while true {
                for group in groups {
                    tasks.addTask { (group, await resolver.resolve(batch: group)) }
                }
                guard let result = await tasks.next() else { return }
                accept(result.resolutions, for: result.requests)
                groups = resolver.batches(of: ready())
            }
        }
    }

    private mutating func accept(_ resolutions: [Resolution], for requests: [FieldRequest]) {
        for (request, resolution) in zip(requests, resolutions) { accept(resolution, for: request) }
    }
}
