internal import Caching
internal import GraphQL
private import JSON

/// When an object, or any object of a type, was last seen with each of its members.
struct SeenMembers: Sendable {
    private struct Sighting: Sendable {
        // PERF: rules out other members without a look at their names.
        let tag: Int
        var at: ContinuousClock.Instant
        let member: ReadMember
    }

    // PERF: an object has few members that are read: to compare them takes less time than to hash one.
    private var sightings: [Sighting] = []

    /// When a member was last seen; nil: never.
    func lastSeen(_ member: ReadMember) -> ContinuousClock.Instant? {
        position(of: member).map { sightings[$0].at }
    }

    /// Notes members that have all been seen before; false if one has not.
    mutating func noteAgain(_ members: [ReadMember], at instant: ContinuousClock.Instant) -> Bool {
        members.allSatisfy { member in
            guard let position = position(of: member) else { return false }
            sightings[position].at = instant
            return true
        }
    }

    /// Notes members.
    mutating func note(_ members: [ReadMember], at instant: ContinuousClock.Instant) {
        for member in members {
            if let position = position(of: member) {
                sightings[position].at = instant
            } else {
                sightings.append(Sighting(tag: member.tag, at: instant, member: member))
            }
        }
    }

    /// Forgets what has not been seen since an instant.
    mutating func forget(before instant: ContinuousClock.Instant) {
        sightings.removeAll { $0.at < instant }
    }

    /// The memory that the members take up outside of themselves.
    var allocatedBytes: Int {
        sightings.reduce(AllocatedBytes.array(sightings)) { bytes, sighting in
            // A client can make up names of members; those of paths are the schema's.
            guard case .own(let name) = sighting.member else { return bytes }
            return bytes + AllocatedBytes.string(name.name)
        }
    }

    private func position(of member: ReadMember) -> Int? {
        let tag = member.tag
        for position in sightings.indices where sightings[position].tag == tag && sightings[position].member == member {
            return position
        }
        return nil
    }
}
