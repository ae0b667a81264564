import Testing

@testable import Upstream

@Suite struct SnakeCaseTests {
    @Test(arguments: [
        ("id", "id"),
        ("targetDate", "target_date"),
        ("createdAt", "created_at"),
        ("aB", "a_b"),
        ("userID", "user_id"),
        ("userIDs", "user_i_ds"),
        ("userID2", "user_id2"),
        ("URLPath", "url_path"),
        ("imageURLSmall", "image_url_small"),
        ("sha256Sum", "sha256_sum"),
        ("X", "x"),
        ("ABC", "abc"),
        ("already_snake", "already_snake"),
        ("half_Snake", "half_snake"),
        ("_private", "_private"),
        ("_Type", "_type"),
        ("__typename", "__typename"),
        ("", ""),
    ])
    func aNameIsSpeltTheUpstreamsWay(name: String, expected: String) {
        #expect(name.snakeCased == expected)
    }
}
