internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

extension GatewayService {
    /// Prepares the operation of a method; a client-supplied one has the caller's selection, which is not trusted.
    ///
    /// Throws what is wrong with the selection or the parameters.
    func prepare(
        _ text: String,
        variables: JSONObject,
        isClientSupplied: Bool
    ) throws(RPCError) -> PreparedOperation {
        if isClientSupplied, operations.requiresTrusted {
            throw RPCError(
                .invalidParams,
                "Only trusted documents are executed; leave out \"select\".",
                dataCode: ErrorCode.documentNotTrusted.rawValue
            )
        }
        do {
            let document = try operations.document(text)
            return try plan(document, variables: variables)
        } catch let refusal as OperationStore.Refusal {
            throw RPCError(refusal)
        } catch let error as RPCError {
            throw error
        } catch {
            throw .gatewayFailed
        }
    }

    private func plan(_ document: StoredDocument, variables: JSONObject) throws(RPCError) -> PreparedOperation {
        do {
            let operation = try document.operation(named: nil)
            let coerced = coerceVariableValues(
                operation.definition,
                inputs: variables,
                schema: executable.schema,
                source: document.document.source
            )
            switch coerced {
            case .errors(let errors):
                throw RPCError(
                    operations.shown(errors).map(\.withoutLocations),
                    defaultCode: ErrorCode.badUserInput.rawValue
                )
            case .values(let values):
                let plan = try operations.plan(operation, of: document, variables: values, executable: executable)
                return PreparedOperation(plan: plan, variables: values)
            }
        } catch let error as GraphQLError {
            throw RPCError([error.withoutLocations], defaultCode: ErrorCode.badUserInput.rawValue)
        } catch let error as RPCError {
            throw error
        } catch {
            throw .gatewayFailed
        }
    }
}

extension RPCError {
    /// Why the operation of a method cannot be executed: only its selection can be wrong.
    fileprivate init(_ refusal: OperationStore.Refusal) {
        switch refusal {
        case .syntax(let error):
            self.init([error.withoutLocations], defaultCode: ErrorCode.graphqlParseFailed.rawValue)
        case .invalid(let errors):
            self.init(errors.map(\.withoutLocations), defaultCode: ErrorCode.graphqlValidationFailed.rawValue)
        case .introspection(let errors):
            self.init(errors.map(\.withoutLocations), defaultCode: ErrorCode.introspectionDisabled.rawValue)
        case .refused(let code, let message):
            self.init(.invalidParams, message, dataCode: code.rawValue)
        case .malformed(let malformed):
            self = .invalidParams(malformed.message)
        }
    }
}

extension GraphQLError {
    /// The error without places in a document that the caller has not written.
    fileprivate var withoutLocations: GraphQLError {
        var error = self
        error.locations = []
        return error
    }
}
