internal import JSON

/// One custom field of a workspace: its key, fixed once created, and the form of its values.
struct CustomFieldDefinition: Sendable {
    /// The types of field that Workestra offers.
    enum FieldType: Sendable, Equatable {
        case text
        case longText
        case number
        case date
        case singleSelect([String])
        case multiSelect([String])
        case checkbox
        case url
        case email
        case phone
        case currency([String])
        case rating
    }

    /// The name of the member in `custom_fields`.
    let key: String

    /// The kind of values.
    let type: FieldType
}

extension CustomFieldDefinition {
    /// The fields of the issues in the workspace at `index`: a common set of every type, and some of its own.
    static func issueFields(ofWorkspace index: Int) -> [CustomFieldDefinition] {
        common + own[index % own.count]
    }

    /// The fields of projects.
    static let projectFields = [
        CustomFieldDefinition(key: "client_name", type: .text),
        CustomFieldDefinition(key: "health", type: .singleSelect(["green", "amber", "red"])),
        CustomFieldDefinition(key: "contract_value", type: .currency(["EUR", "USD", "GBP"])),
        CustomFieldDefinition(key: "kickoff_date", type: .date),
    ]

    private static let common = [
        CustomFieldDefinition(key: "client_name", type: .text),
        CustomFieldDefinition(key: "release_notes", type: .longText),
        CustomFieldDefinition(key: "risk_score", type: .number),
        CustomFieldDefinition(key: "planned_start", type: .date),
        CustomFieldDefinition(key: "environment", type: .singleSelect(["production", "staging", "development"])),
        CustomFieldDefinition(key: "platforms", type: .multiSelect(["web", "ios", "android", "desktop", "api"])),
        CustomFieldDefinition(key: "billable", type: .checkbox),
        CustomFieldDefinition(key: "spec_url", type: .url),
        CustomFieldDefinition(key: "contact_email", type: .email),
        CustomFieldDefinition(key: "contact_phone", type: .phone),
        CustomFieldDefinition(key: "budget", type: .currency(["EUR", "USD", "GBP"])),
        CustomFieldDefinition(key: "satisfaction", type: .rating),
    ]

    private static let own = [
        [CustomFieldDefinition(key: "sla_tier", type: .singleSelect(["gold", "silver", "bronze"]))],
        [CustomFieldDefinition(key: "regions", type: .multiSelect(["emea", "amer", "apac"]))],
        [
            CustomFieldDefinition(key: "cover_sheet", type: .checkbox),
            CustomFieldDefinition(key: "estimate_hours", type: .number),
        ],
    ]

    /// Whether a client may set this field to `value`; null always clears it.
    func accepts(_ value: JSONValue) -> Bool {
        switch (type, value) {
        case (_, .null), (.checkbox, .bool), (.number, .number):
            true
        case (.text, .string), (.longText, .string), (.phone, .string):
            true
        case (.url, .string(let text)):
            text.hasPrefix("https://") || text.hasPrefix("http://")
        case (.email, .string(let text)):
            text.contains("@")
        case (.date, .string(let text)):
            CalendarDate(parsing: text) != nil
        case (.singleSelect(let options), .string(let text)):
            options.contains(text)
        case (.multiSelect(let options), .array(let items)):
            items.allSatisfy { item in options.contains { item == .string($0) } }
        case (.currency(let currencies), .object(let money)):
            Self.isMoney(money, currencies)
        case (.rating, .number(let number)):
            number.intValue.map((1...5).contains) ?? false
        default:
            false
        }
    }

    private static func isMoney(_ money: JSONObject, _ currencies: [String]) -> Bool {
        guard case .number? = money["amount"], case .string(let currency)? = money["currency"] else { return false }
        return money.count == 2 && currencies.contains(currency)
    }
}
