internal import JSON

extension [GraphQLError] {
    /// The codes of the errors, each once, in their order.
    package var codes: [String] {
        guard !isEmpty else { return [] }
        return reduce(into: []) { codes, error in
            guard case .string(let code)? = error.extensions["code"], !codes.contains(code) else { return }
            codes.append(code)
        }
    }
}
