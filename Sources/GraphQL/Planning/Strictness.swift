/// How the executor treats data whose shape is not the schema's.
package enum Strictness: Sendable {
    /// A value that is no object where one is expected is an error: the upstream broke its contract.
    case upstream
    /// As graphql-js treats plain JavaScript values, with the markers `$error` and `$args` in the data.
    case localData
}
