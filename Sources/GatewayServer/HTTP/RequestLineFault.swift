/// The reason why a well-formed request line is not supported.
enum RequestLineFault {
    /// The parser does not support the method.
    case unknownMethod
    /// The major version is not 1.
    case unsupportedVersion
}
