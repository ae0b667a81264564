internal import JSON

extension SandboxEngine {
    /// The change of a row that an event reports.
    enum RowEvent {
        case created
        case updated(before: Row)
        case deleted
    }

    /// Sends a workspace's events to a URL from now on, also after a reset; nil: they are not sent.
    mutating func setWebhook(_ webhook: SandboxWebhook?, ofWorkspace slug: String) {
        webhooks[slug] = webhook
    }

    /// The events that are to be sent.
    mutating func takeDeliveries() -> [WebhookDelivery] {
        defer { deliveries = [] }
        return deliveries
    }

    /// Records an event of a row, for the webhook of its workspace.
    mutating func note(_ event: RowEvent, _ row: Row, _ resource: Resource, inWorkspace index: Int, now: UnixTime) {
        let slug = workspaces[index].slug
        guard let webhook = webhooks[slug] else { return }
        let noun = resource == .issues ? "task" : "project"
        var data = JSONObject()
        data["\(noun)_id"] = .string(row.id)
        if resource == .issues { data["project_id"] = .string(row.text("project_id") ?? "") }
        data["title"] = row.text(resource == .issues ? "title" : "name").map { .string($0) } ?? .null
        var types: [String]
        switch event {
        case .created: types = ["created"]
        case .deleted: types = ["deleted"]
        case .updated(let before):
            types = ["updated"]
            let (old, new) = (before.text("status"), row.text("status"))
            if resource == .issues, old != new {
                // One change may be several events.
                types.append("status_changed")
                data["old_status"] = old.map { .string($0) } ?? .null
                data["new_status"] = new.map { .string($0) } ?? .null
            }
        }
        for type in types {
            eventCount += 1
            let event = JSONObject([
                ("id", .string("evt_\(eventCount)")), ("type", .string("\(noun).\(type)")),
                ("created_at", .string(now.iso8601)), ("workspace_id", .string("ws_\(slug)")), ("data", .object(data)),
            ])
            let delivery = WebhookDelivery(webhook: webhook, body: JSONValue.object(event).serialized())
            deliveries += Array(repeating: delivery, count: webhook.copies)
        }
    }

    /// Serves `POST /_sandbox/webhooks`: `{"workspace": …, "url": …, "secret": …}`; without a URL events are not sent.
    mutating func webhookResponse(to request: SandboxRequest) -> Response? {
        guard let body = request.body, let json = try? JSONValue(parsing: body),
            let slug = json["workspace"]?.stringValue, workspaces.contains(where: { $0.slug == slug })
        else { return nil }
        let webhook = json["url"]?.stringValue.map { url in
            SandboxWebhook(url: url, secret: json["secret"]?.stringValue ?? "")
        }
        setWebhook(webhook, ofWorkspace: slug)
        return .noContent
    }
}
