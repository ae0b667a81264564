/// How the parts of a response are written.
package enum IncrementalFormat: Sendable, Hashable {
    /// With `pending`, `incremental` and `completed`, by ids.
    ///
    /// https://github.com/graphql/graphql-spec/pull/1110
    case current
    /// With `incremental` alone, by paths and labels: `deferSpec=20220824`.
    case former
}
