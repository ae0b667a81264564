/// The reason why no profile is recorded.
package enum ProfileFailure: Error {
    /// Another profile is being recorded.
    case busy
    /// The system refuses, with this `errno`.
    case system(Int32)
}
