import Foundation
import GatewayTestSupport
import GraphQL
import JSONRPC
import Testing

@testable import Gateway

/// What programs rely on: a code shows by the same number and the same status in every release.
@Suite struct ErrorCodeTableTests {
    /// Every code, its number in JSON-RPC and its status in HTTP, as the documents state them.
    private static let stated: [String: [Int]] = [
        "GRAPHQL_PARSE_FAILED": [-32602, 400], "GRAPHQL_VALIDATION_FAILED": [-32602, 400],
        "BAD_USER_INPUT": [-32602, 400], "INTROSPECTION_DISABLED": [-32000, 400], "TOO_EXPENSIVE": [-32005, 400],
        "RESPONSE_TOO_LARGE": [-32000, 200], "INTERNAL": [-32603, 500],
        "UNAUTHENTICATED": [-32001, 401], "FORBIDDEN": [-32002, 403], "NOT_FOUND": [-32003, 404],
        "RATE_LIMITED": [-32004, 429], "WORKSPACE_UNAVAILABLE": [-32006, 503], "UPSTREAM_ERROR": [-32010, 502],
        "UPSTREAM_TIMEOUT": [-32011, 504], "UPSTREAM_INVALID_RESPONSE": [-32012, 502],
        "UPSTREAM_OUTCOME_UNKNOWN": [-32013, 502], "REQUEST_CANCELLED": [-32014, 499],
        "BAD_REQUEST": [-32600, 400], "CSRF_PREVENTED": [-32000, 400], "PATH_NOT_FOUND": [-32000, 404],
        "METHOD_NOT_FOUND": [-32601, 404], "METHOD_NOT_ALLOWED": [-32000, 405], "NOT_ACCEPTABLE": [-32000, 406],
        "PAYLOAD_TOO_LARGE": [-32000, 413], "UNSUPPORTED_MEDIA_TYPE": [-32000, 415],
        "HEADERS_TOO_LARGE": [-32000, 431], "HOST_NOT_ALLOWED": [-32000, 403], "OVERLOADED": [-32000, 503],
        "AUTHENTICATION_UNAVAILABLE": [-32000, 503],
        "SHUTTING_DOWN": [-32000, 503], "IDEMPOTENCY_KEY_REUSED": [-32602, 422],
        "IDEMPOTENCY_KEY_IN_USE": [-32000, 409],
        "PERSISTED_QUERY_NOT_FOUND": [-32000, 200], "PERSISTED_QUERY_NOT_SUPPORTED": [-32000, 200],
        "PERSISTED_QUERY_HASH_MISMATCH": [-32000, 400], "DOCUMENT_NOT_FOUND": [-32000, 400],
        "DOCUMENT_NOT_TRUSTED": [-32000, 400],
    ]

    @Test func everyCodeHasItsNumberAndItsStatus() {
        let entries = ErrorCodeTable.entries.map { ($0.code.rawValue, [$0.rpcCode.rawValue, $0.status]) }
        #expect(Dictionary(entries) { first, _ in first } == Self.stated)
        #expect(entries.count == Self.stated.count)
    }

    @Test func documentListsEveryCodeWithItsStatusAndNumber() throws {
        let rows = try RepositoryFile.text("docs/errors.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let listed = rows.map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let documented = listed.map { columns in
            (
                String(columns[0].dropFirst().dropLast()),
                [columns.last, columns.dropLast().last].map { $0.flatMap { Int($0) } }
            )
        }
        #expect(Dictionary(documented) { first, _ in first } == Self.stated.mapValues { $0.map { .some($0) } })
        #expect(documented.count == Self.stated.count)
    }

    @Test func everyCodeIsFoundInTheTable() {
        let codes = ErrorCodeTable.entries.map(\.code)
        #expect(codes.map { ErrorCodeTable.entry(of: $0)?.code } == codes)
        #expect(codes.map(\.rpcCode) == ErrorCodeTable.entries.map(\.rpcCode))
    }

    @Test func aCodeThatTheTableLacksHasTheServersOwnNumber() {
        let unknown = ErrorCode("NOT_IN_THE_TABLE")
        #expect(ErrorCodeTable.entry(of: unknown)?.code == nil)
        #expect(unknown.rpcCode == .serverError)
    }

    @Test func onlyPersistedQueryCodesInviteARetry() {
        let inviting = ErrorCodeTable.entries.map(\.code).filter(\.invitesRetry)
        #expect(inviting == [.persistedQueryNotFound, .persistedQueryNotSupported])
    }
}
