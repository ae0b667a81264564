/// Why no profile is recorded.
package enum ProfileFailure: Error {
    /// Another one is being recorded.
    case busy
    /// The system refuses, with this error number.
    case system(Int32)
}
