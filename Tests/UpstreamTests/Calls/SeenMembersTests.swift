import GraphQL
import JSON
import Testing

@testable import Upstream

@Suite struct SeenMembersTests {
    private static let start = ContinuousClock.now

    private static func members(_ numbers: Range<Int>) -> [ReadMember] {
        numbers.map { number in
            number.isMultiple(of: 3) ? .nested([JSONKey("a"), JSONKey("m\(number)")]) : .own(JSONKey("m\(number)"))
        }
    }

    /// Few members are compared one by one, many are in a table.
    @Test(arguments: [1, 2, 31, 32, 33, 34, 100]) func eachMemberHasItsLastSeenTime(count: Int) {
        var seen = SeenMembers()
        for (number, member) in Self.members(0..<count).enumerated() {
            let wasKnown = seen.noteAgain([member], at: Self.start)
            #expect(!wasKnown)
            seen.note([member], at: Self.start + .seconds(number))
        }
        for (number, member) in Self.members(0..<count).enumerated() {
            #expect(seen.lastSeen(member) == Self.start + .seconds(number))
        }
        #expect(seen.lastSeen(.everything) == nil)
        #expect(seen.lastSeen(.own(JSONKey("M0"))) == nil)

        let later = Self.start + .seconds(1000)
        let areKnown = seen.noteAgain(Self.members(0..<count), at: later)
        #expect(areKnown)
        #expect(Self.members(0..<count).allSatisfy { seen.lastSeen($0) == later })
        let isOtherKnown = seen.noteAgain(Self.members(count..<(count + 1)), at: later)
        #expect(!isOtherKnown)
    }

    @Test(arguments: [2, 33, 34, 40, 66, 100]) func membersSeenBeforeATimeAreForgotten(count: Int) {
        var seen = SeenMembers()
        let (old, new) = (Self.members(0..<(count / 2)), Self.members((count / 2)..<count))
        seen.note(old, at: Self.start)
        seen.note(new, at: Self.start + .seconds(2))
        seen.forget(before: Self.start + .seconds(1))
        #expect(old.allSatisfy { seen.lastSeen($0) == nil })
        #expect(new.allSatisfy { seen.lastSeen($0) == Self.start + .seconds(2) })
        seen.note(old, at: Self.start + .seconds(3))
        #expect(old.allSatisfy { seen.lastSeen($0) == Self.start + .seconds(3) })
        #expect(new.allSatisfy { seen.lastSeen($0) == Self.start + .seconds(2) })
    }
}
