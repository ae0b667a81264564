extension Execution {
    /// Resolves several executions until all are complete, as if their fields were those of one operation.
    ///
    /// Field requests that are ready at the same time are passed to the resolver together, so that it can share keys and pages.
    package static func run(_ executions: inout [Execution], with resolver: some FieldResolver) async {
        var groups = resolver.batches(of: ready(&executions))
        while groups.count == 1, let group = groups.first {
            accept(await resolver.resolve(batch: group), for: group, in: &executions)
            groups = resolver.batches(of: ready(&executions))
        }
        guard !groups.isEmpty else { return }
        await withTaskGroup(of: (requests: [FieldRequest], resolutions: [Resolution]).self) { tasks in
            while true {
                for group in groups {
                    tasks.addTask { (group, await resolver.resolve(batch: group)) }
                }
                guard let result = await tasks.next() else { return }
                accept(result.resolutions, for: result.requests, in: &executions)
                groups = resolver.batches(of: ready(&executions))
            }
        }
    }

    private static func ready(_ executions: inout [Execution]) -> [FieldRequest] {
        var requests: [FieldRequest] = []
        for index in executions.indices {
            let ready = executions[index].ready()
            requests += index == 0 ? ready : ready.map { FieldRequest($0, execution: index) }
        }
        return requests
    }

    private static func accept(
        _ resolutions: [Resolution],
        for requests: [FieldRequest],
        in executions: inout [Execution]
    ) {
        for (request, resolution) in zip(requests, resolutions) {
            executions[request.execution].accept(resolution, for: request)
        }
    }
}
