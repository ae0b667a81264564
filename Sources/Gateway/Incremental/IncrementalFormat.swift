/// The format of the messages of a response in parts.
package enum IncrementalFormat: Sendable, Hashable {
    /// With `pending`, `incremental` and `completed`; parts have ids.
    ///
    /// https://github.com/graphql/graphql-spec/pull/1110
    case current
    /// With `incremental` alone; parts have paths and labels: `deferSpec=20220824`.
    case former
}
