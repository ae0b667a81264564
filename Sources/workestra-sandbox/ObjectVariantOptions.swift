internal import ArgumentParser
internal import Sandbox

extension SingleVariant: ExpressibleByArgument {}
extension MissingVariant: ExpressibleByArgument {}
extension WriteResponse: ExpressibleByArgument {}
extension WrittenMembers: ExpressibleByArgument {}
extension WriteCompletion: ExpressibleByArgument {}
extension CreateStatus: ExpressibleByArgument {}
extension LocationHeader: ExpressibleByArgument {}
extension NullVariant: ExpressibleByArgument {}
extension DateFormat: ExpressibleByArgument {}
extension NumberVariant: ExpressibleByArgument {}
extension IDType: ExpressibleByArgument {}
extension IDSpelling: ExpressibleByArgument {}

/// The API variants of objects, their members, and writes.
struct ObjectVariantOptions: ParsableArguments {
    @Option(help: "Whether a single object is bare or wrapped in {\"data\": …, \"error\": null}.")
    private var single = SandboxBehavior().single

    @Option(help: "The response for a missing or trashed object: 404, 410, or (trashed) 200 with deleted_at.")
    private var missing = SandboxBehavior().missing

    @Option(
        name: [.customLong("write-response"), .customLong("write-answer")],
        help: "The response to POST and PATCH; empty is 204."
    )
    private var writeResponse = SandboxBehavior().writeResponse

    @Option(
        name: [.customLong("delete-response"), .customLong("delete-answer")],
        help: "The response to DELETE; empty is 204."
    )
    private var deleteResponse = SandboxBehavior().deleteResponse

    @Option(help: "Which members of the object the response to a write has.")
    private var writtenMembers = SandboxBehavior().writtenMembers

    @Option(help: "Whether a write is complete when its response is sent, or queued: 202 with a job.")
    private var writeCompletion = SandboxBehavior().writeCompletion

    @Option(help: "The status of a POST that responds with the object.")
    private var createStatus = SandboxBehavior().createStatus

    @Option(help: "Which Location the response to a POST carries.")
    private var location = SandboxBehavior().location

    @Option(help: "Whether members that are null are present; omitted-in-objects concerns GETs of one and writes.")
    private var nulls = SandboxBehavior().nulls

    @Option(help: "How date fields look.")
    private var dates = SandboxBehavior().dates

    @Option(help: "Whether seeded numbers in custom fields are short, or have digits that a double does not keep.")
    private var numbers = SandboxBehavior().numbers

    @Option(help: "Whether ids are texts or numbers of 19 digits.")
    private var idType = SandboxBehavior().idType

    @Option(
        help: """
            Which spellings of an id are accepted: the exact one; or any letter case and - for _, where objects carry \
            the canonical spelling, or the one that was asked for.
            """
    )
    private var idSpelling = SandboxBehavior().idSpelling

    @Flag(help: "Add members that no documentation mentions to objects and lists.")
    private var extraMembers = false

    @Flag(help: "Begin JSON with a byte order mark.")
    private var byteOrderMark = false

    @Flag(help: "End about one name or title of three in an escaped surrogate without its other half.")
    private var loneSurrogates = false

    /// Writes the variants into a behavior.
    func apply(to behavior: inout SandboxBehavior) {
        behavior.single = single
        behavior.missing = missing
        behavior.writeResponse = writeResponse
        behavior.deleteResponse = deleteResponse
        behavior.writtenMembers = writtenMembers
        behavior.writeCompletion = writeCompletion
        behavior.createStatus = createStatus
        behavior.location = location
        behavior.nulls = nulls
        behavior.dates = dates
        behavior.numbers = numbers
        behavior.idType = idType
        behavior.idSpelling = idSpelling
        behavior.extraMembers = extraMembers
        behavior.byteOrderMark = byteOrderMark
        behavior.loneSurrogates = loneSurrogates
    }
}
