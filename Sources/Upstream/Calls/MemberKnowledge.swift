internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// Whether members that a representation of an entity lacks are null, as earlier responses have shown, or only
/// in the single object's response.
///
/// Upstreams leave members out for two reasons, which look the same in one response: the representation is a summary, or
/// the member is null and null members are left out. A representation and the single object of the **same** object distinguish
/// the two. That both lack a member is knowledge of that object; it becomes knowledge of the type only when several
/// objects agree, and more so where the two have the same members throughout. Three times as many must agree once an object
/// has been seen with the member, and of that object itself they prove nothing. Rows that show it are no summaries. All
/// knowledge expires.
final class MemberKnowledge: Sendable {
    /// A kind of response by which a credential sees objects of one type.
    struct Representation: Sendable, Hashable {
        let workspace: Int
        let credential: Credential?
        let type: TypeID
        let source: Source

        /// The responses that show the objects in this representation.
        enum Source: Sendable, Hashable {
            /// The rows of a collection, by its path without a query.
            case collection(path: String)
            /// The responses to writes.
            case write(WriteMethod)
            /// Objects of other types that hold the objects in a member, by type and member.
            case holder(TypeID, JSONKey)
        }

        /// The bytes that it takes up outside of itself.
        fileprivate var allocatedBytes: Int {
            let path = if case .collection(let path) = source { AllocatedBytes.string(path) } else { 0 }
            return path + (credential?.allocatedBytes ?? 0)
        }
    }

    /// The reason why a representation lacks a member.
    enum Presence: Sendable {
        /// Neither the representation nor the single object has it: it is null.
        case absent
        /// Only the single object's response has it: the representation is a summary.
        case detailOnly
    }

    /// The evidence of a single object about a member that a representation of the same object lacks.
    enum Evidence: Sendable {
        /// The single object has it.
        case detailOnly
        /// The single object has no value for it either.
        case absent(agreement: Int)
    }

    /// The summed weight of agreeing objects from which on all objects of the type are assumed to be like them.
    static let sufficientAgreement = 18
    /// The summed weight that is required once an object of the type has been seen with the member: those that agree may be exceptions.
    static let sufficientAgreementOnceSeen = 54
    /// The weight of an object whose two representations have the same members throughout.
    static let fullAgreement = 3
    /// The time for which no call looks again for a member that an object lacked.
    private static let absenceLasts = Duration.seconds(60)
    /// The time for which the evidence of several objects is applied to all objects of the type.
    private static let generalizationLasts = Duration.seconds(300)
    /// The most bytes of each of the caches: of members of types, of members of objects, and of summaries.
    private static let maximumBytes = 2 << 20

    private struct MemberKey: Hashable {
        let representation: Representation
        let member: ReadMember
        /// The key of the one object of which it is known; nil: it is known of the type.
        var object: ExactString?

        /// The bytes that it takes up outside of itself; names of members are the schema's.
        var allocatedBytes: Int { representation.allocatedBytes + AllocatedBytes.string(object?.string) }
    }

    private struct TypeMember: Hashable {
        let workspace: Int
        let credential: Credential?
        let type: TypeID
        let member: ReadMember

        init(_ representation: Representation, _ member: ReadMember) {
            workspace = representation.workspace
            credential = representation.credential
            type = representation.type
            self.member = member
        }

        /// The same member, regardless of the credential that has seen it.
        var ofAnyCredential: TypeMember {
            TypeMember(workspace: workspace, credential: nil, type: type, member: member)
        }

        init(workspace: Int, credential: Credential?, type: TypeID, member: ReadMember) {
            self.workspace = workspace
            self.credential = credential
            self.type = type
            self.member = member
        }
    }

    /// An object, or a type, that was seen with its members.
    private struct SeenObject: Hashable {
        let workspace: Int
        let type: TypeID
        /// The object's key; nil: any object of the type.
        var object: ExactString?
    }

    private struct Learned {
        var isDetailOnly = false
        /// Whether some rows have the member.
        var isInRows = false
        var agreement = 0
        var at: ContinuousClock.Instant
    }

    private struct State {
        var types = SieveCache<MemberKey, Learned>(maximumBytes: maximumBytes)
        var objects = SieveCache<MemberKey, ObjectAbsence>(maximumBytes: maximumBytes)
        var summaries = SieveCache<TypeMember, ContinuousClock.Instant>(maximumBytes: maximumBytes)
        /// The times at which any object of a type was seen with its members, by any credential, in a response that is no list.
        var seenTypes = SieveCache<SeenObject, SeenMembers>(maximumBytes: maximumBytes)
        /// The times at which each object was seen with its members.
        var seenObjects = SieveCache<SeenObject, SeenMembers>(maximumBytes: maximumBytes)
    }

    private struct ObjectAbsence {
        let at: ContinuousClock.Instant
        /// The epoch of the knowledge: it reflects the writes before it.
        let epoch: InvalidationLog.Epoch
    }

    private let state = Mutex(State())

    /// The reason why an object's representation lacks a member; nil if that is unknown.
    ///
    /// - Parameters:
    ///   - member: the member that the representation lacks.
    ///   - representation: the kind of response.
    ///   - object: the object's key.
    ///   - trustsOthers: whether the evidence of other objects applies to this one; that objects have no more members than their
    ///     representations always does.
    ///   - instant: the current time.
    ///   - isCurrent: whether knowledge of the object from an epoch reflects every later invalidation of it.
    /// - Returns: the reason; nil if it is unknown.
    func presence(
        of member: ReadMember,
        in representation: Representation,
        ofObject object: String,
        trustingOthers trustsOthers: Bool = true,
        at instant: ContinuousClock.Instant,
        isCurrent: (InvalidationLog.Epoch) -> Bool
    ) -> Presence? {
        let ofType = MemberKey(representation: representation, member: member)
        let ofObject = MemberKey(representation: representation, member: member, object: ExactString(object))
        let (learned, absence) = state.withLock { ($0.types.value(for: ofType), $0.objects.value(for: ofObject)) }
        if let absence, instant - absence.at <= Self.absenceLasts, isCurrent(absence.epoch) { return .absent }
        guard let learned, instant - learned.at <= Self.generalizationLasts else { return nil }
        if learned.isDetailOnly { return .detailOnly }
        if learned.isInRows { return .absent }
        guard trustsOthers || member == .everything, learned.agreement >= Self.sufficientAgreement else { return nil }
        var seen = SeenObject(workspace: representation.workspace, type: representation.type)
        let (type, itself) = state.withLock { state in
            let type = state.seenTypes.value(for: seen)?.lastSeen(member)
            seen.object = ExactString(object)
            return (type, state.seenObjects.value(for: seen)?.lastSeen(member))
        }
        let isSeen = { (at: ContinuousClock.Instant?) in at.map { instant - $0 <= Self.generalizationLasts } ?? false }
        if isSeen(itself) { return nil }
        return isSeen(type) && learned.agreement < Self.sufficientAgreementOnceSeen ? nil : .absent
    }

    /// Records that a response which is no list shows an object with values for these members.
    func noteSeen(
        _ members: [ReadMember],
        of type: TypeID,
        object: String,
        workspace: Int,
        at instant: ContinuousClock.Instant
    ) {
        guard !members.isEmpty else { return }
        var seen = SeenObject(workspace: workspace, type: type)
        state.withLock { state in
            Self.note(members, at: instant, of: seen, in: &state.seenTypes)
            seen.object = ExactString(object)
            Self.note(members, at: instant, of: seen, in: &state.seenObjects)
        }
    }

    private static func note(
        _ members: [ReadMember],
        at instant: ContinuousClock.Instant,
        of object: SeenObject,
        in cache: inout SieveCache<SeenObject, SeenMembers>
    ) {
        // PERF: nearly always all of them have been seen before, and only the times change.
        if cache.update(object, { $0.noteAgain(members, at: instant) }) == true { return }
        var seen = cache.value(for: object) ?? SeenMembers()
        seen.forget(before: instant - generalizationLasts)
        seen.note(members, at: instant)
        cache.insert(seen, for: object, cost: seen.allocatedBytes + AllocatedBytes.string(object.object?.string))
    }

    /// Records that rows have a member, so that it is null where a row lacks it.
    func noteInRows(_ member: ReadMember, in representation: Representation, at instant: ContinuousClock.Instant) {
        let key = MemberKey(representation: representation, member: member)
        state.withLock { state in
            var learned = state.types.value(for: key) ?? Learned(at: instant)
            if instant - learned.at > Self.generalizationLasts { learned = Learned(at: instant) }
            (learned.isInRows, learned.isDetailOnly, learned.at) = (true, false, instant)
            _ = state.types.insert(learned, for: key, cost: key.allocatedBytes)
        }
    }

    /// Learns from an object whose representation lacks a member.
    func learn(
        _ evidence: Evidence,
        of member: ReadMember,
        in representation: Representation,
        ofObject object: String,
        at instant: ContinuousClock.Instant,
        epoch: InvalidationLog.Epoch
    ) {
        let key = MemberKey(representation: representation, member: member)
        let ofObject = MemberKey(representation: representation, member: member, object: ExactString(object))
        state.withLock { state in
            var learned = state.types.value(for: key) ?? Learned(at: instant)
            if instant - learned.at > Self.generalizationLasts { learned = Learned(at: instant) }
            learned.at = instant
            switch evidence {
            case .detailOnly:
                (learned.isDetailOnly, learned.isInRows) = (true, false)
                learned.agreement = 0
                let summary = TypeMember(representation, member)
                _ = state.summaries.insert(instant, for: summary, cost: summary.credential?.allocatedBytes ?? 0)
                _ = state.summaries.insert(instant, for: summary.ofAnyCredential, cost: 0)
            case .absent(let agreement):
                learned.agreement += agreement
                let absence = ObjectAbsence(at: instant, epoch: epoch)
                _ = state.objects.insert(absence, for: ofObject, cost: ofObject.allocatedBytes)
            }
            _ = state.types.insert(learned, for: key, cost: key.allocatedBytes)
        }
    }

    /// Whether rows of some collection of a type are known to lack a member that single objects have; nil: for any credential.
    func isDetailOnly(
        _ member: ReadMember,
        of type: TypeID,
        workspace: Int,
        credential: Credential?,
        at instant: ContinuousClock.Instant
    ) -> Bool {
        let key = TypeMember(workspace: workspace, credential: credential, type: type, member: member)
        // PERF: asked for each member of each list of an estimate; nearly always nothing is known of any.
        guard let learned = state.withLock({ $0.summaries.count == 0 ? nil : $0.summaries.value(for: key) }) else {
            return false
        }
        return instant - learned <= Self.generalizationLasts
    }
}
