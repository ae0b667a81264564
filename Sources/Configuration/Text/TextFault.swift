/// The first fault of a text, with its position.
struct TextFault: Error {
    let position: TextPosition
    let message: String
}
