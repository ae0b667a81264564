/// Why a request line of HTTP is not served although it is well-formed.
enum RequestLineFault {
    /// The parser does not know the method.
    case unknownMethod
    /// The major version is not 1.
    case unsupportedVersion
}
