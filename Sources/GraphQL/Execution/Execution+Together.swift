extension Execution {
    /// Resolves several executions until all are complete, as if their fields were those of one operation.
    ///
    /// What is ready at the same time is handed to the resolver together, so that it can share keys and pages.
    package static func run(_ executions: inout [Execution], with resolver: some FieldResolver) async {
        var groups = resolver.groups(of: ready(&executions))
        while groups.count == 1, let group = groups.first {
            accept(await resolver.resolve(group: group), for: group, in: &executions)
            groups = resolver.groups(of: ready(&executions))
        }
        guard !groups.isEmpty else { return }
        await withTaskGroup(of: (needs: [Need], resolutions: [Resolution]).self) { tasks in
            while true {
                for group in groups {
                    tasks.addTask { (group, await resolver.resolve(group: group)) }
                }
                guard let result = await tasks.next() else { return }
                accept(result.resolutions, for: result.needs, in: &executions)
                groups = resolver.groups(of: ready(&executions))
            }
        }
    }

    private static func ready(_ executions: inout [Execution]) -> [Need] {
        var needs: [Need] = []
        for index in executions.indices {
            for var need in executions[index].ready() {
                need.execution = index
                needs.append(need)
            }
        }
        return needs
    }

    private static func accept(_ resolutions: [Resolution], for needs: [Need], in executions: inout [Execution]) {
        for (need, resolution) in zip(needs, resolutions) { executions[need.execution].accept(resolution, for: need) }
    }
}
