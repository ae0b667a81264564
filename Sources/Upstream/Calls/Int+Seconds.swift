extension Int {
    /// The number with the unit, as it is read aloud.
    var inSeconds: String { self == 1 ? "1 second" : "\(self) seconds" }
}
