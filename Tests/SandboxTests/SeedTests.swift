import JSON
import Sandbox
import Testing

@Suite struct SeedTests {
    /// Fails when anything changes what a seed makes: then every recorded figure and fixture is of other data.
    @Test func theDataOfASeedNeverChanges() async throws {
        try await SandboxHarness.run { harness in
            let projects = try await harness.send("GET", "/projects?per_page=2&order=asc")
            #expect(projects.ids == ["proj_xkeck741e0dn7", "proj_pa27z94tqrfkd"])
            let issues = try await harness.send("GET", "/issues?per_page=100&order=asc")
            let other = try await harness.send("GET", "/issues?per_page=100&order=asc", key: "wsk_live_globex")
            #expect(
                [checksum(projects.body), checksum(issues.body), checksum(other.body)] == [
                    16_883_480_991_999_232_985, 11_262_320_295_086_439_644, 5_539_290_820_824_468_443,
                ]
            )
        }
    }

    @Test func anotherSeedMakesOtherData() async throws {
        var bodies: [[UInt8]] = []
        for seed: UInt64 in [1, 1, 2] {
            try await SandboxHarness.run {
                $0.seed = seed
            } body: { harness in
                bodies.append(try await harness.send("GET", "/issues").body)
            }
        }
        #expect(bodies[0] == bodies[1])
        #expect(bodies[0] != bodies[2])
    }

    @Test func timesAreDistinctAndDueDatesSometimesNull() async throws {
        try await SandboxHarness.run { harness in
            let rows = try await harness.send("GET", "/issues?per_page=100").rows
            #expect(rows.count == 60)
            #expect(Set(rows.compactMap { $0["created_at"]?.stringValue }).count == 60)
            #expect(Set(rows.compactMap { $0["updated_at"]?.stringValue }).count == 60)
            #expect(rows.contains { $0["due_date"] == .null } && rows.contains { $0["due_date"]?.stringValue != nil })
        }
    }

    @Test func customFieldsHaveEveryShape() async throws {
        try await SandboxHarness.run { harness in
            let rows = try await harness.send("GET", "/issues?per_page=100").rows
            let shapes: [String: (JSONValue) -> Bool] = [
                "client_name": { $0.stringValue != nil }, "release_notes": { $0.stringValue != nil },
                "risk_score": { $0.doubleValue != nil }, "planned_start": { $0.stringValue != nil },
                "environment": { $0.stringValue != nil }, "platforms": { $0.arrayValue != nil },
                "billable": { $0.boolValue != nil }, "spec_url": { $0.stringValue?.hasPrefix("https://") == true },
                "contact_email": { $0.stringValue?.contains("@") == true },
                "contact_phone": { $0.stringValue?.hasPrefix("+") == true },
                "budget": { $0["amount"]?.doubleValue != nil && $0["currency"]?.stringValue != nil },
                "satisfaction": { (1...5).contains($0.intValue ?? 0) }, "sla_tier": { $0.stringValue != nil },
            ]
            for (key, hasShape) in shapes {
                let values = rows.compactMap { $0["custom_fields"]?[key] }
                #expect(values.count == rows.count, "\(key)")
                #expect(values.contains(.null) && values.contains { $0 != .null }, "\(key)")
                #expect(values.filter { $0 != .null }.allSatisfy(hasShape), "\(key)")
            }
        }
    }

    @Test func moreWorkspacesGetNamesOfTheirOwn() async throws {
        try await SandboxHarness.run {
            $0.workspaces = 5
            $0.issues = 1
        } body: { harness async throws in
            for key in [
                "wsk_live_acme", "wsk_live_globex", "wsk_live_initech", "wsk_live_amberfox", "wks_live_briskfox",
            ] {
                #expect(try await harness.send("GET", "/issues", key: key).ids.count == 1, "\(key)")
            }
            #expect(try await harness.send("GET", "/issues", key: "wsk_live_coralfox").status == 401)
        }
    }

    private func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
