extension Execution {
    /// Resolves until the execution is complete.
    ///
    /// Branches go on independently; a group of needs that is alone runs inline.
    package mutating func run(with resolver: some FieldResolver) async {
        var groups = resolver.groups(of: ready())
        while groups.count == 1, let group = groups.first {
            accept(await resolver.resolve(group: group), for: group)
            groups = resolver.groups(of: ready())
        }
        guard !groups.isEmpty else { return }
        await runConcurrently(groups, with: resolver)
    }

    private mutating func runConcurrently(_ first: [[Need]], with resolver: some FieldResolver) async {
        await withTaskGroup(of: (needs: [Need], resolutions: [Resolution]).self) { tasks in
            var groups = first
            while true {
                for group in groups {
                    tasks.addTask { (group, await resolver.resolve(group: group)) }
                }
                guard let result = await tasks.next() else { return }
                accept(result.resolutions, for: result.needs)
                groups = resolver.groups(of: ready())
            }
        }
    }

    private mutating func accept(_ resolutions: [Resolution], for needs: [Need]) {
        for (need, resolution) in zip(needs, resolutions) { accept(resolution, for: need) }
    }
}
