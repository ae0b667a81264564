/// The spellings of an id that are accepted, and the one that a response carries.
package enum IDSpelling: String, CaseIterable, Sendable {
    /// Only the stored one.
    case exact
    /// Any letter case, and `-` in place of `_`; responses carry the stored spelling.
    case canonical
    /// As `canonical`, but a single object carries its id in the spelling of the request.
    case echoed
}
