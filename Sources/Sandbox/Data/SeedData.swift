internal import JSON

/// Makes the rows of one workspace from the seed: the same numbers always give the same rows.
struct SeedData: Sendable {
    /// The day that the data was "exported".
    ///
    /// Dates lie around it and do not depend on the day of the run.
    static let epoch = CalendarDate(daysSinceEpoch: 20_566)

    private static let projectStream: UInt64 = 1
    private static let issueStream: UInt64 = 2
    private static let historyInDays = 100
    private static let userCount = 12
    private static let exactNumbers = [
        "1604029199751626752", "12.50", "0.10000000000000000001", "-0.0", "1E400", "123456789012345678901234567890",
        "7",
    ]

    /// The seed of all workspaces.
    let seed: UInt64

    /// The 0-based index of the workspace.
    let workspace: Int

    /// The JSON type of ids.
    var idType = IDType.text

    /// The form in which numbers in custom fields are written.
    var numbers = NumberVariant.short

    /// The ids of the workspace.
    var identifier: Identifier { Identifier(seed: seed, workspace: workspace, type: idType) }

    /// The people of the workspace.
    var users: [String] { (0..<Self.userCount).map { identifier.text(.user, $0) } }

    /// Makes all projects, oldest first.
    func projects(_ count: Int) -> [JSONObject] {
        var times = DistinctTimes(count: count)
        return (0..<count).map { ordinal in
            var random = generator(Self.projectStream, ordinal)
            let (created, updated) = times.next(ordinal, &random)
            return project(ordinal, created: created, updated: updated, &random)
        }
    }

    /// Makes all issues, oldest first.
    ///
    /// Younger projects have more of them, as in life.
    func issues(_ count: Int, projects: [String]) -> [JSONObject] {
        let users = users
        let fields = CustomFieldDefinition.issueFields(ofWorkspace: workspace)
        var times = DistinctTimes(count: count)
        return (0..<count).map { ordinal in
            var random = generator(Self.issueStream, ordinal)
            let (created, updated) = times.next(ordinal, &random)
            var issue = self.issue(ordinal, users: users, &random)
            // The larger of two draws is what makes young projects busier.
            let projectOrdinal = max(random.below(projects.count), random.below(projects.count))
            issue["project_id"] = projects.isEmpty ? .null : .string(projects[projectOrdinal])
            issue["custom_fields"] = .object(customFields(fields, &random))
            issue["created_at"] = .string(created.iso8601)
            issue["updated_at"] = .string(updated.iso8601)
            return issue
        }
    }

    private func generator(_ stream: UInt64, _ ordinal: Int) -> SplitMix64 {
        SplitMix64(seed: seed, stream: UInt64(workspace), stream, UInt64(ordinal))
    }

    private func project(
        _ ordinal: Int,
        created: UnixTime,
        updated: UnixTime,
        _ random: inout SplitMix64
    ) -> JSONObject {
        let name = random.pick(Vocabulary.projectAdjectives) + " " + random.pick(Vocabulary.projectNouns)
        var project = JSONObject()
        project["id"] = .string(identifier.text(.project, ordinal))
        project["name"] = .string("\(name) \(ordinal + 1)")
        project["description"] = random.chance(0.15) ? .null : .string(prose(1 + random.below(2), &random))
        project["status"] = .string(weighted(Vocabulary.projectStatuses, &random))
        project["priority"] = .string(weighted(Vocabulary.priorities, &random))
        project["target_date"] = random.chance(0.2) ? .null : .string(date(within: -30...180, &random))
        project["custom_fields"] = .object(customFields(CustomFieldDefinition.projectFields, &random))
        project["created_at"] = .string(created.iso8601)
        project["updated_at"] = .string(updated.iso8601)
        return project
    }

    private func issue(_ ordinal: Int, users: [String], _ random: inout SplitMix64) -> JSONObject {
        let place = random.chance(0.6) ? " " + random.pick(Vocabulary.places) : ""
        var issue = JSONObject()
        issue["id"] = .string(identifier.text(.issue, ordinal))
        issue["project_id"] = .null
        issue["title"] = .string("\(random.pick(Vocabulary.verbs)) \(random.pick(Vocabulary.subjects))\(place)")
        issue["description"] = random.chance(0.2) ? .null : .string(prose(1 + random.below(3), &random))
        issue["status"] = .string(weighted(Vocabulary.issueStatuses, &random))
        issue["priority"] = .string(weighted(Vocabulary.priorities, &random))
        issue["assignee_id"] = random.chance(0.2) ? .null : .string(random.pick(users))
        issue["labels"] = .array(subset(of: Vocabulary.labels, chance: 0.2, &random))
        issue["due_date"] = random.chance(0.25) ? .null : .string(date(within: -20...60, &random))
        return issue
    }

    private func customFields(_ fields: [CustomFieldDefinition], _ random: inout SplitMix64) -> JSONObject {
        var values = JSONObject()
        for field in fields {
            values[field.key] = random.chance(0.2) ? .null : value(of: field.type, &random)
        }
        return values
    }

    private func value(of type: CustomFieldDefinition.FieldType, _ random: inout SplitMix64) -> JSONValue {
        switch type {
        case .text: .string(random.pick(Vocabulary.clients))
        case .longText: .string(prose(2, &random))
        case .number: number(hundredths: random.chance(0.5) ? random.below(11) * 100 : random.below(1000))
        case .date: .string(date(within: -60...60, &random))
        case .singleSelect(let options): .string(random.pick(options))
        case .multiSelect(let options): .array(subset(of: options, chance: 0.4, &random))
        case .checkbox: .bool(random.chance(0.5))
        case .url: .string("https://docs.example.com/specs/\(random.below(10_000))?view=full&lang=en")
        case .email: .string("contact\(random.below(500))@example.com")
        case .phone: .string("+49 30 \(1_000_000 + random.below(9_000_000))")
        case .currency(let currencies): money(currencies, &random)
        case .rating: .number(JSONNumber(1 + random.below(5)))
        }
    }

    private func money(_ currencies: [String], _ random: inout SplitMix64) -> JSONValue {
        var money = JSONObject()
        money["amount"] = number(hundredths: random.below(10_000_000))
        money["currency"] = .string(random.pick(currencies))
        return .object(money)
    }

    private func number(hundredths: Int) -> JSONValue {
        if numbers == .exact {
            let text = Self.exactNumbers[hundredths % Self.exactNumbers.count]
            return JSONNumber(text: text).map(JSONValue.number) ?? .null
        }
        guard hundredths % 100 != 0 else { return .number(JSONNumber(hundredths / 100)) }
        return JSONNumber(Double(hundredths) / 100).map(JSONValue.number) ?? .null
    }

    private func subset(of items: [String], chance: Double, _ random: inout SplitMix64) -> [JSONValue] {
        var chosen: [JSONValue] = []
        for item in items where random.chance(chance) {
            chosen.append(.string(item))
        }
        return chosen
    }

    private func prose(_ sentences: Int, _ random: inout SplitMix64) -> String {
        (0..<sentences).map { _ in random.pick(Vocabulary.sentences) }.joined(separator: " ")
    }

    private func date(within days: ClosedRange<Int>, _ random: inout SplitMix64) -> String {
        let offset = days.lowerBound + random.below(days.count)
        return CalendarDate(daysSinceEpoch: Self.epoch.daysSinceEpoch + offset).description
    }

    private func weighted(_ choices: [(String, Int)], _ random: inout SplitMix64) -> String {
        var draw = random.below(choices.reduce(0) { $0 + $1.1 })
        for (choice, weight) in choices {
            if draw < weight { return choice }
            draw -= weight
        }
        return choices[0].0
    }

    /// Gives every row a creation and an update time that no other row of its table has, so that both sort totally.
    private struct DistinctTimes {
        private let start: Int
        private let step: Int
        private var taken: Set<Int> = []

        init(count: Int) {
            let history = SeedData.historyInDays * 86_400
            step = max(1, history / max(1, count))
            start = UnixTime(SeedData.epoch).seconds - history
        }

        mutating func next(_ ordinal: Int, _ random: inout SplitMix64) -> (created: UnixTime, updated: UnixTime) {
            let created = start + ordinal * step + random.below(step)
            let room = max(1, UnixTime(SeedData.epoch).seconds - created)
            var updated = created + random.below(room)
            while !taken.insert(updated).inserted { updated += 1 }
            return (UnixTime(seconds: created), UnixTime(seconds: updated))
        }
    }
}
