extension Int {
    /// The number with its unit, for messages.
    var inSeconds: String { self == 1 ? "1 second" : "\(self) seconds" }
}
