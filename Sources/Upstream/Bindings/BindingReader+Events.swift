internal import GraphQL

extension BindingReader {
    /// Reads the signature of webhooks.
    mutating func readWebhook(_ applied: [DirectiveNode]) {
        guard let arguments = DirectiveArguments(.webhook, in: applied) else { return }
        guard let conventions = WebhookConventions(arguments) else {
            report(
                "@webhook needs names of members with dots between them, and HEX or BASE64 as its encoding.",
                arguments.range
            )
            return
        }
        events.conventions = conventions
    }

    /// Reads the events that change the objects of a type.
    mutating func readEvents(_ type: NamedType) {
        for arguments in DirectiveArguments.all(.changedBy, in: type.directives) {
            guard let entity = entities[type.id] else {
                report(
                    "@changedBy of type \"\(type.name)\" needs @entity, which says how its objects are fetched.",
                    arguments.range
                )
                continue
            }
            guard events.conventions != nil else {
                report("@changedBy of type \"\(type.name)\" needs @webhook on the schema.", arguments.range)
                continue
            }
            readEvents(arguments, entity)
        }
    }

    private mutating func readEvents(_ arguments: DirectiveArguments, _ entity: Entity) {
        let kinds: [String: ObjectChange.Kind] = ["CREATED": .created, "UPDATED": .updated, "DELETED": .deleted]
        guard let kind = arguments.string("kind").flatMap({ kinds[$0] }) else {
            report("The kind of @changedBy is CREATED, UPDATED or DELETED.", arguments.range)
            return
        }
        let members = arguments.strings("members").map { text -> (name: String, path: MemberPath)? in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let path = MemberPath(parts[1]) else { return nil }
            return (String(parts[0]), path)
        }
        guard let key = MemberPath(arguments.string("key") ?? ""), members.allSatisfy({ $0 != nil }) else {
            report(
                "@changedBy names members with dots between them, and the values of members as NAME=PLACE.",
                arguments.range
            )
            return
        }
        let effect = EventTable.Effect(
            entity: entity,
            kind: kind,
            key: key,
            members: members.compactMap(\.self),
            dependents: types(referringTo: entity)
        )
        for event in arguments.strings("events") { events.add(effect, to: event) }
    }

    /// Reads how to poll for changes of a type's objects.
    mutating func readPoll(_ type: NamedType) {
        guard let arguments = DirectiveArguments(.polled, in: type.directives) else { return }
        guard entities[type.id]?.list != nil else {
            let message = "@polled of type \"\(type.name)\" needs @entity with the list that has all of its objects."
            report(message, arguments.range)
            return
        }
        guard let conventions = PollConventions(arguments) else {
            report(
                "@polled of type \"\(type.name)\" needs a member to sort by, and no less than 1 second between two readings.",
                arguments.range
            )
            return
        }
        polls[type.id] = conventions
    }
}
