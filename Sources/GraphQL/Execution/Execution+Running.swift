extension Execution {
    /// Resolves until the execution is complete.
    package mutating func run(with resolver: some FieldResolver) async {
        var executions = [self]
        await Self.run(&executions, with: resolver)
        self = executions[0]
    }
}
