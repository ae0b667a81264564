internal import GraphQL
internal import JSON

/// What is known of members that rows of an entity's collections lack: whether single objects have them.
struct RowCompletion {
    let session: CallSession
    let entity: Entity
    let workspace: Int

    private func key(_ member: JSONKey) -> UpstreamKnowledge.MemberKey {
        UpstreamKnowledge.MemberKey(
            workspace: workspace,
            credential: session.credential(for: workspace),
            type: entity.type,
            member: member.name
        )
    }

    private func presence(of member: JSONKey) -> UpstreamKnowledge.Presence? {
        session.broker.knowledge.presence(of: key(member), at: session.broker.now())
    }

    /// Whether single objects lack all of them too, so that no call brings them.
    func isAbsent(_ members: [JSONKey]) -> Bool {
        members.allSatisfy { presence(of: $0) == .absent }
    }

    /// Whether single objects have one of them.
    func isInSingleObjects(_ members: [JSONKey]) -> Bool {
        members.contains { presence(of: $0) == .detailOnly }
    }

    /// Learns from a single object whether it has what its row lacked.
    func learn(_ members: [JSONKey], from document: SourceDocument, _ node: Int) {
        for member in members {
            let isThere = document.json.member(member, of: node) != nil
            learn(isThere ? .detailOnly : .absent, of: member)
        }
    }

    /// Notes that one object could not tell: the others are asked for themselves.
    func assumeDetail(of members: [JSONKey]) {
        for member in members where presence(of: member) == nil { learn(.detailOnly, of: member) }
    }

    private func learn(_ presence: UpstreamKnowledge.Presence, of member: JSONKey) {
        session.broker.knowledge.learn(presence, of: key(member), at: session.broker.now())
    }
}
