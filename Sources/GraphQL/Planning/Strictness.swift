/// The treatment of data that does not match the schema.
package enum Strictness: Sendable {
    /// A value of another kind than an object, where one is expected, is an error of the upstream.
    case upstream
    /// As graphql-js treats plain JavaScript values, with the markers `$error` and `$args` in the data.
    case localData
}
