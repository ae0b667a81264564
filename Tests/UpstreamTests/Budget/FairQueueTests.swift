import TestSupport
import Testing

@testable import Upstream

@Suite struct FairQueueTests {
    /// Every call that is added goes after as many others as `add` returned, if no more come.
    @Test(arguments: UInt64(0)..<60)
    func returnsHowManyGoBefore(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = FairQueue<Int>()
        var count = 0
        for element in 0..<80 {
            let urgency: CallUrgency = Int.random(in: 0..<3, using: &generator) == 0 ? .background : .interactive
            let caller = CallerID("\(Int.random(in: 0..<5, using: &generator))")
            let ahead = queue.ahead(urgency: urgency, caller: caller)
            queue.add(element, urgency: urgency, caller: caller)
            count += 1
            #expect(drained(queue).firstIndex(of: element) == ahead)
            if Int.random(in: 0..<4, using: &generator) == 0, queue.next() != nil { count -= 1 }
            if Int.random(in: 0..<8, using: &generator) == 0 {
                let divisor = Int.random(in: 2...6, using: &generator)
                count -= queue.removeAll { $0.isMultiple(of: divisor) }.count
                #expect(drained(queue).allSatisfy { !$0.isMultiple(of: divisor) })
            }
            #expect(queue.count == count && drained(queue).count == count)
            #expect(queue.least { $0 } == drained(queue).min())
        }
    }

    @Test func aCallerWithManyCallsDoesNotHoldUpTheOthers() {
        var queue = FairQueue<String>()
        for index in 0..<3 { queue.add("a\(index)", urgency: .interactive, caller: CallerID("a")) }
        queue.add("b0", urgency: .interactive, caller: CallerID("b"))
        #expect(queue.next() == "a0")
        queue.add("c0", urgency: .interactive, caller: CallerID("c"))
        queue.add("d0", urgency: .background, caller: CallerID("d"))
        #expect(queue.holds(atLeast: .interactive))
        #expect(drained(queue) == ["b0", "a1", "c0", "a2", "d0"])
    }

    private func drained<Element>(_ queue: FairQueue<Element>) -> [Element] {
        var queue = queue
        var order: [Element] = []
        while let next = queue.next() { order.append(next) }
        return order
    }
}
