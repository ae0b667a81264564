private import CVersion

/// The version of the program.
package enum ProductVersion {
    /// The number, as in `0.9.0`.
    package static let number = GATEWAY_VERSION

    /// The number; in a packaged program also the commit, as in `0.9.0 (3f2a91c)`.
    package static let text = GATEWAY_COMMIT.isEmpty ? number : "\(number) (\(GATEWAY_COMMIT))"
}
