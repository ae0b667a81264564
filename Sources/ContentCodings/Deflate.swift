/// The content coding `deflate`.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
package enum Deflate {
    /// Decompresses bytes; stops with an error beyond `maximumBytes` of output.
    ///
    /// The coding is the zlib format; raw deflate data, which some servers send, is accepted too.
    package static func decompress(_ bytes: [UInt8], maximumBytes: Int) throws(Gzip.Failure) -> [UInt8] {
        do throws(Gzip.Failure) {
            return try Inflation.decompress(bytes, .zlib, maximumBytes: maximumBytes)
        } catch {
            guard error == .malformed else { throw error }
            return try Inflation.decompress(bytes, .raw, maximumBytes: maximumBytes)
        }
    }
}
