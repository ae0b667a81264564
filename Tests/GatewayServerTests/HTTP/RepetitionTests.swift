import Testing

@testable import GatewayServer

@Suite struct RepetitionTests {
    /// How long a response is still fresh, the most that clients may use, and the value of `Cache-Control`.
    @Test(
        arguments: [
            (Duration.seconds(30), 60, "private, max-age=30"), (.seconds(90), 60, "private, max-age=60"),
            // A fraction of a second is none: what is stated must still hold when it arrives.
            (.milliseconds(1999), 60, "private, max-age=1"), (.milliseconds(999), 60, "no-store"),
            (.zero, 60, "no-store"), (.seconds(30), 0, "no-store"), (.seconds(-5), 60, "no-store"),
        ] as [(Duration, Int, String)]
    )
    func aRepeatedResponseStatesWhatIsLeft(timeLeft: Duration, most: Int, field: String) {
        #expect(Repetition.cacheControl(timeLeft, clientMaximumAge: most) == field)
    }
}
