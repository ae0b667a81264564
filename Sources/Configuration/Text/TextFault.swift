/// Why a text cannot be read, and where.
struct TextFault: Error {
    let position: TextPosition
    let message: String
}
