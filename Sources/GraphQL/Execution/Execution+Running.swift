extension Execution {
    /// Resolves fields until the execution is complete.
    package mutating func run(with resolver: some FieldResolver) async {
        var executions = [self]
        await Self.run(&executions, with: resolver)
        self = executions[0]
    }

    /// Resolves the fields that need no waiting; `run` resolves the rest.
    package mutating func runFromMemory(with resolver: some FieldResolver) {
        var left: [FieldRequest] = []
        while case let requests = ready(), !requests.isEmpty {
            for batch in resolver.batches(of: requests) {
                for (request, resolution) in zip(batch, resolver.resolveFromMemory(batch: batch)) {
                    if let resolution { accept(resolution, for: request) } else { left.append(request) }
                }
            }
        }
        putBack(left)
    }
}
