internal import Caching
internal import GraphQL
private import JSON

/// The time at which an object, or any object of a type, was last seen with each of its members.
struct SeenMembers: Sendable {
    private struct Sighting: Sendable {
        // PERF: a different tag rules out a member without a comparison of names.
        let tag: Int
        var at: ContinuousClock.Instant
        let member: ReadMember
    }

    private var sightings: [Sighting] = []
    /// The index in `sightings` of each member; empty while there are few.
    // PERF: few members, which is what nearly every object has, are compared in less time than one is hashed.
    private var positions: [ReadMember: Int] = [:]

    /// The most members that are compared one by one, without an index.
    private static let mostCompared = 32

    /// The time at which a member was last seen; nil: never.
    func lastSeen(_ member: ReadMember) -> ContinuousClock.Instant? {
        position(of: member).map { sightings[$0].at }
    }

    /// Updates the times of members if all have been seen before; returns false if one has not.
    mutating func noteAgain(_ members: [ReadMember], at instant: ContinuousClock.Instant) -> Bool {
        members.allSatisfy { member in
            guard let position = position(of: member) else { return false }
            sightings[position].at = instant
            return true
        }
    }

    /// Records that members were seen.
    mutating func note(_ members: [ReadMember], at instant: ContinuousClock.Instant) {
        for member in members {
            if let position = position(of: member) {
                sightings[position].at = instant
            } else {
                sightings.append(Sighting(tag: member.tag, at: instant, member: member))
                if !positions.isEmpty {
                    positions[member] = sightings.count - 1
                } else if sightings.count > Self.mostCompared {
                    enterPositions()
                }
            }
        }
    }

    /// Removes the members that have not been seen since an instant.
    mutating func forget(before instant: ContinuousClock.Instant) {
        let count = sightings.count
        sightings.removeAll { $0.at < instant }
        guard sightings.count < count else { return }
        positions = [:]
        if sightings.count > Self.mostCompared { enterPositions() }
    }

    /// The bytes that the members take up outside of themselves.
    var allocatedBytes: Int {
        let tables = AllocatedBytes.array(sightings) + 2 * positions.count * MemoryLayout<(ReadMember, Int)>.stride
        return sightings.reduce(tables) { bytes, sighting in
            // A client can invent names of members; those of paths are the schema's.
            guard case .own(let name) = sighting.member else { return bytes }
            return bytes + AllocatedBytes.string(name.name)
        }
    }

    private mutating func enterPositions() {
        for (position, sighting) in sightings.enumerated() { positions[sighting.member] = position }
    }

    private func position(of member: ReadMember) -> Int? {
        if !positions.isEmpty { return positions[member] }
        let tag = member.tag
        for position in sightings.indices where sightings[position].tag == tag && sightings[position].member == member {
            return position
        }
        return nil
    }
}
