/// Which spellings of an id are accepted, and which one a response carries.
package enum IDSpelling: String, CaseIterable, Sendable {
    /// Only the stored one.
    case exact
    /// Any letter case, and `-` in place of `_`; responses carry the stored one.
    case canonical
    /// As `canonical`, but a single object carries its id as it was asked for.
    case echoed
}
