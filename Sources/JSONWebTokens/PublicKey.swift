private import CLibcrypto

/// A public key that verifies signatures of one algorithm.
@safe
final class PublicKey: Sendable {
    let algorithm: SignatureAlgorithm
    // SAFETY: made by `init`, freed by `deinit`; libcrypto reads keys on any thread, and nothing changes this one.
    private nonisolated(unsafe) let key: OpaquePointer

    /// Parses a key in the format `SubjectPublicKeyInfo`; nil if it is not valid.
    init?(_ algorithm: SignatureAlgorithm, info: [UInt8]) {
        self.algorithm = algorithm
        // SAFETY: the bytes live during the call, which reads as many as is stated.
        let key = unsafe info.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var start = bytes.baseAddress
            return unsafe d2i_PUBKEY(nil, &start, bytes.count)
        }
        guard let key = unsafe key else { return nil }
        unsafe self.key = key
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// Whether a signature, in the format of JSON Web Signatures, is valid for the bytes.
    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        guard let signature = form(of: signature), let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        let digest = unsafe algorithm == .edDSA ? nil : EVP_sha256()
        // SAFETY: context and key live during the calls; the arrays have as many bytes as is stated.
        guard unsafe EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1 else { return false }
        let isValid = unsafe EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// A signature in libcrypto's format; nil if its length is not valid.
    private func form(of signature: [UInt8]) -> [UInt8]? {
        switch algorithm {
        case .rs256: signature
        case .edDSA: signature.count == 64 ? signature : nil
        case .es256:
            signature.count == 64
                ? DER.sequence(DER.integer(signature[..<32]), DER.integer(signature[32...])) : nil
        }
    }
}
