import Testing

@testable import Gateway

@Suite struct RateLimitStatusTests {
    private static func status(_ isAllowed: Bool, _ requests: Int?, _ calls: Int?, _ seconds: Int) -> RateLimitStatus {
        RateLimitStatus(
            isAllowed: isAllowed,
            remainingRequests: requests,
            remainingCalls: calls,
            secondsLeft: seconds
        )
    }

    @Test(arguments: [
        (status(true, nil, nil, 9), nil, nil),
        (status(true, 3, nil, 9), nil, #""requests";r=3;t=9"#),
        (status(false, 0, 7, 9), 9, #""requests";r=0;t=9, "calls";r=7;t=9"#),
    ])
    func rateLimitFieldStatesWhatIsLeft(status: RateLimitStatus, retryAfter: Int?, field: String?) {
        #expect(status.retryAfter == retryAfter)
        #expect(status.rateLimitField == field)
    }

    @Test(arguments: [
        (status(true, 3, nil, 9), status(true, 2, nil, 9), false),
        (status(true, 3, nil, 9), status(true, nil, 1, 9), true),
        (status(true, 3, 5, 9), status(true, 3, 4, 9), false),
        (status(true, 3, nil, 9), status(true, 3, 4, 9), false),
        (status(false, 0, nil, 9), status(true, 0, 0, 60), false),
        (status(false, 0, nil, 60), status(false, 0, nil, 9), true),
    ])
    func theStricterStatusLeavesLess(one: RateLimitStatus, other: RateLimitStatus, isOne: Bool) {
        #expect(one.stricter(other) == (isOne ? one : other))
    }
}
