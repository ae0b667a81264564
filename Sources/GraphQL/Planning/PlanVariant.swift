/// The fields selected on one concrete type, or on several that agree in all of them.
package struct PlanVariant: Sendable {
    /// The selected fields in the order of the response.
    package let fields: [PlanFieldID]
    /// The reason why objects of these types cannot be completed; nil: they can.
    let failure: GraphQLError?

    init(fields: [PlanFieldID]) {
        self.fields = fields
        failure = nil
    }

    init(failure: GraphQLError) {
        fields = []
        self.failure = failure
    }
}
