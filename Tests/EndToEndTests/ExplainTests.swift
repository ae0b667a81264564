import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Testing

/// What the command `explain` prints and when it objects.
@Suite struct ExplainTests {
    private let document = """
        query Board($count: Int = 20) {
          top: projects(first: $count) { nodes { name issues(first: 5) { nodes { title project { name } } } } }
        }
        query Spaces { workspaces { slug projects(first: 120) { totalCount } } again: workspaces { projects { totalCount } } }
        """

    private func explain(
        _ text: String? = nil,
        operation: String? = nil,
        variables: JSONObject = JSONObject(),
        workspaces: Int = 1
    ) throws -> [OperationExplanation] {
        let schema = try LoadedSchema(RepositoryFile.schema())
        return try Explainer(schema: schema, workspaceCount: workspaces).explain(
            Source(text ?? document, name: "board.graphql"),
            operation: operation,
            variables: variables
        )
    }

    @Test func anOperationIsATreeOfItsStepsUnderTheSum() throws {
        let text = try explain(operation: "Board").map(\.text)
        #expect(
            text == [
                """
                board.graphql: query Board: 1 to 51 calls
                  top                1 call         0 to 20 rows   pages of /projects{?status,sort,order}
                    nodes.issues     0 to 22 calls  0 to 100 rows  pages of /issues{?project_id,status,assignee_id,overdue,sort,order}
                      nodes.project  0 to 28 calls  0 to 100 rows  GET /projects/{id}, or pages of /projects
                """
            ]
        )
    }

    @Test func everyOperationIsExplainedUnlessOneIsNamed() throws {
        #expect(try explain(workspaces: 3).map(\.title) == ["query Board", "query Spaces"])
        #expect(try explain(operation: "Nobody").map(\.title) == [])
        let spaces = try explain(operation: "Spaces", workspaces: 3)
        #expect(
            spaces.map(\.text) == [
                """
                board.graphql: query Spaces: 3 to 6 calls
                  workspaces  0 calls       3 rows         the gateway itself
                    projects  3 to 6 calls  0 to 360 rows  pages of /projects{?status,sort,order}
                  again       0 calls       3 rows         the gateway itself
                    projects  shared        0 to 75 rows   pages of /projects{?status,sort,order}
                """
            ]
        )
    }

    @Test func variablesDecideTheEstimate() throws {
        let inexpensive = try explain(operation: "Board", variables: ["count": 1])
        #expect(inexpensive.map { $0.excess(over: 3) } == [nil])
        let expensive = try explain(operation: "Board", variables: ["count": 50])
        #expect(
            expensive.map { $0.excess(over: 100) } == [
                "board.graphql: query Board can take up to 118 upstream calls, and may take 100. "
                    + "Most cost: top.nodes.issues.nodes.project (65), top.nodes.issues (52), top (1)."
            ]
        )
    }

    @Test func programsGetTheSameTree() throws {
        let json = try explain("{ projects(first: 2) { nodes { issues { totalCount } } } }").map { $0.json(limit: 3) }
        let issues: JSONValue = [
            "path": "projects.nodes.issues",
            "from": "pages of /issues{?project_id,status,assignee_id,overdue,sort,order}",
            "rows": ["min": 0, "max": 50], "assumed": false, "calls": ["min": 0, "max": 3], "sharesCalls": false,
            "steps": [],
        ]
        let projects: JSONValue = [
            "path": "projects", "from": "pages of /projects{?status,sort,order}", "rows": ["min": 0, "max": 2],
            "assumed": false, "calls": ["min": 1, "max": 1], "sharesCalls": false, "steps": [issues],
        ]
        let expected: JSONValue = [
            "file": "board.graphql", "operation": "query", "estimated": ["min": 1, "max": 4],
            "priced": ["min": 1, "max": 4], "limit": 3, "exceeds": true,
            "steps": [projects],
        ]
        #expect(json == [expected])
    }

    @Test(
        arguments: [
            ("{ projects {", "Syntax Error: Expected Name, found <EOF>."),
            ("{ nothing }", "Cannot query field \"nothing\" on type \"Query\"."),
            (
                "query($id: ID!) { issue(id: $id) { id } }",
                "Variable \"$id\" of required type \"ID!\" was not provided."
            ),
        ]
    )
    func aDocumentWithoutAnEstimateSaysWhy(text: String, message: String) throws {
        let failure = #expect(throws: Explainer.Failure.self) { try explain(text) }
        #expect(failure?.errors.map(\.message) == [message])
    }
}
