import GraphQL
import Testing

@Suite struct ValuesOfCorrectTypeTests {
    static let rejectsOtherLiteralsForIntCases: [ValidationCase] = [
        ValidationCase(
            #"{ echo(int: "1") }"#,
            .error(#"Int cannot represent non-integer value: "1""#, at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: 1.0) }",
            .error("Int cannot represent non-integer value: 1.0", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: 2147483648) }",
            .error("Int cannot represent non 32-bit signed integer value: 2147483648", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: -2147483649) }",
            .error("Int cannot represent non 32-bit signed integer value: -2147483649", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: true) }",
            .error("Int cannot represent non-integer value: true", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: ONE) }",
            .error("Int cannot represent non-integer value: ONE", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: [1]) }",
            .error("Int cannot represent non-integer value: [1]", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: {a: 1}) }",
            .error("Int cannot represent non-integer value: {a: 1}", at: (1, 13))
        ),
        ValidationCase(
            "{ echo(int: 1e3) }",
            .error("Int cannot represent non-integer value: 1e3", at: (1, 13))
        ),
    ]

    static let rejectsOtherLiteralsForFloatCases: [ValidationCase] = [
        ValidationCase(
            #"{ echo(float: "1.5") }"#,
            .error(#"Float cannot represent non numeric value: "1.5""#, at: (1, 15))
        ),
        ValidationCase(
            "{ echo(float: true) }",
            .error("Float cannot represent non numeric value: true", at: (1, 15))
        ),
        ValidationCase(
            "{ echo(float: [1.5, [2]]) }",
            .error("Float cannot represent non numeric value: [1.5, [2]]", at: (1, 15))
        ),
        ValidationCase(
            "{ echo(float: X) }",
            .error("Float cannot represent non numeric value: X", at: (1, 15))
        ),
    ]

    static let rejectsOtherLiteralsForStringCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(string: 1) }",
            .error("String cannot represent a non string value: 1", at: (1, 16))
        ),
        ValidationCase(
            "{ echo(string: 1.5) }",
            .error("String cannot represent a non string value: 1.5", at: (1, 16))
        ),
        ValidationCase(
            "{ echo(string: true) }",
            .error("String cannot represent a non string value: true", at: (1, 16))
        ),
        ValidationCase(
            "{ echo(string: TEXT) }",
            .error("String cannot represent a non string value: TEXT", at: (1, 16))
        ),
        ValidationCase(
            #"{ echo(string: {a: "b"}) }"#,
            .error(#"String cannot represent a non string value: {a: "b"}"#, at: (1, 16))
        ),
        ValidationCase(
            #"{ echo(string: ["a"]) }"#,
            .error(#"String cannot represent a non string value: ["a"]"#, at: (1, 16))
        ),
    ]

    static let rejectsOtherLiteralsForBooleanCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(boolean: 1) }",
            .error("Boolean cannot represent a non boolean value: 1", at: (1, 17))
        ),
        ValidationCase(
            #"{ echo(boolean: "true") }"#,
            .error(#"Boolean cannot represent a non boolean value: "true""#, at: (1, 17))
        ),
        ValidationCase(
            "{ echo(boolean: TRUE) }",
            .error("Boolean cannot represent a non boolean value: TRUE", at: (1, 17))
        ),
        ValidationCase(
            "{ echo(boolean: []) }",
            .error("Boolean cannot represent a non boolean value: []", at: (1, 17))
        ),
    ]

    static let rejectsOtherLiteralsForIDCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(id: 1.5) }",
            .error("ID cannot represent a non-string and non-integer value: 1.5", at: (1, 12))
        ),
        ValidationCase(
            "{ echo(id: true) }",
            .error("ID cannot represent a non-string and non-integer value: true", at: (1, 12))
        ),
        ValidationCase(
            "{ echo(id: ABC) }",
            .error("ID cannot represent a non-string and non-integer value: ABC", at: (1, 12))
        ),
        ValidationCase(
            "{ echo(id: {}) }",
            .error("ID cannot represent a non-string and non-integer value: {}", at: (1, 12))
        ),
    ]

    static let rejectsOtherLiteralsForEnumsCases: [ValidationCase] = [
        ValidationCase(
            #"{ echo(rank: "MATE") }"#,
            .error(
                #"Enum "Rank" cannot represent non-enum value: "MATE". Did you mean the enum value"#
                    + #" "MATE"?"#,
                at: (1, 14)
            )
        ),
        ValidationCase(
            "{ echo(rank: mate) }",
            .error(#"Value "mate" does not exist in "Rank" enum. Did you mean the enum value "MATE"?"#, at: (1, 14))
        ),
        ValidationCase(
            "{ echo(rank: MATEY) }",
            .error(#"Value "MATEY" does not exist in "Rank" enum. Did you mean the enum value "MATE"?"#, at: (1, 14))
        ),
        ValidationCase(
            "{ echo(rank: NOTHING_LIKE_IT) }",
            .error(#"Value "NOTHING_LIKE_IT" does not exist in "Rank" enum."#, at: (1, 14))
        ),
        ValidationCase(
            "{ echo(rank: 1) }",
            .error(#"Enum "Rank" cannot represent non-enum value: 1."#, at: (1, 14))
        ),
        ValidationCase(
            "{ echo(rank: true) }",
            .error(#"Enum "Rank" cannot represent non-enum value: true."#, at: (1, 14))
        ),
        ValidationCase(
            #"{ echo(ranks: ["CAPTAIN", COOK, null, MATE]) }"#,
            .error(
                #"Enum "Rank" cannot represent non-enum value: "CAPTAIN". Did you mean the enum value"#
                    + #" "CAPTAIN"?"#,
                at: (1, 16)
            ),
            .error(#"Value "COOK" does not exist in "Rank" enum."#, at: (1, 27)),
            .error(#"Expected value of type "Rank!", found null."#, at: (1, 33))
        ),
    ]

    static let rejectsNullsAndListsCases: [ValidationCase] = [
        ValidationCase(
            "{ need(a: null, list: null) }",
            .error(#"Expected value of type "Int!", found null."#, at: (1, 11)),
            .error(#"Expected value of type "[String!]!", found null."#, at: (1, 23))
        ),
        ValidationCase(
            #"{ need(a: 1, list: [null, "a", 1]) }"#,
            .error(#"Expected value of type "String!", found null."#, at: (1, 21)),
            .error("String cannot represent a non string value: 1", at: (1, 32))
        ),
        ValidationCase(
            #"{ need(a: 1, b: null, list: [["a"]]) }"#,
            .error(#"Expected value of type "Int!", found null."#, at: (1, 17)),
            .error(#"String cannot represent a non string value: ["a"]"#, at: (1, 30))
        ),
        ValidationCase(
            #"{ echo(matrix: [["a"], "b", [[1]]]) }"#,
            .error(#"Int cannot represent non-integer value: "a""#, at: (1, 18)),
            .error(#"Int cannot represent non-integer value: "b""#, at: (1, 24)),
            .error("Int cannot represent non-integer value: [1]", at: (1, 30))
        ),
        ValidationCase(
            "{ vessel(id: null) { id } }",
            .error(#"Expected value of type "ID!", found null."#, at: (1, 14))
        ),
    ]

    static let rejectsInputObjectsCases: [ValidationCase] = [
        ValidationCase(
            "{ echo(range: {to: 1}) }",
            .error(#"Field "Range.from" of required type "Int!" was not provided."#, at: (1, 15))
        ),
        ValidationCase(
            #"{ echo(range: {from: null, to: null, step: "a"}) }"#,
            .error(#"Expected value of type "Int!", found null."#, at: (1, 22)),
            .error(#"Expected value of type "Int!", found null."#, at: (1, 32)),
            .error(#"Int cannot represent non-integer value: "a""#, at: (1, 44))
        ),
        ValidationCase(
            "{ echo(range: {from: 1, too: 2, unknown: 3}) }",
            .error(#"Field "too" is not defined by type "Range". Did you mean "to"?"#, at: (1, 25)),
            .error(#"Field "unknown" is not defined by type "Range"."#, at: (1, 33))
        ),
        ValidationCase(
            "{ echo(range: 1) }",
            .error(#"Expected value of type "Range", found 1."#, at: (1, 15))
        ),
        ValidationCase(
            "{ echo(range: [{from: 1}]) }",
            .error(#"Expected value of type "Range", found [{from: 1}]."#, at: (1, 15))
        ),
        ValidationCase(
            #"{ vessels(filter: {nam: "a", range: {}, ranks: ["MATE"], inner: {inners: [{nme: 1},"#
                + " 2]}}) { id } }",
            .error(#"Field "nam" is not defined by type "Filter". Did you mean "name"?"#, at: (1, 20)),
            .error(#"Field "Range.from" of required type "Int!" was not provided."#, at: (1, 37)),
            .error(
                #"Enum "Rank" cannot represent non-enum value: "MATE". Did you mean the enum value"#
                    + #" "MATE"?"#,
                at: (1, 49)
            ),
            .error(#"Field "nme" is not defined by type "Filter". Did you mean "name"?"#, at: (1, 76)),
            .error(#"Expected value of type "Filter", found 2."#, at: (1, 85))
        ),
        ValidationCase(
            #"{ vessels(filter: "a") { id } }"#,
            .error(#"Expected value of type "Filter", found "a"."#, at: (1, 19))
        ),
    ]

    static let rejectsOneOfObjectsCases: [ValidationCase] = [
        ValidationCase(
            "{ find(by: {}) { id } }",
            .error(#"OneOf Input Object "Key" must specify exactly one key."#, at: (1, 12))
        ),
        ValidationCase(
            #"{ find(by: {id: 1, name: "a"}) { id } }"#,
            .error(#"OneOf Input Object "Key" must specify exactly one key."#, at: (1, 12))
        ),
        ValidationCase(
            "{ find(by: {id: null}) { id } }",
            .error(#"Field "Key.id" must be non-null."#, at: (1, 12))
        ),
        ValidationCase(
            "{ find(by: {id: 1, name: null}) { id } }",
            .error(#"OneOf Input Object "Key" must specify exactly one key."#, at: (1, 12))
        ),
        ValidationCase(
            "{ find(by: {name: 1}) { id } }",
            .error("String cannot represent a non string value: 1", at: (1, 19))
        ),
        ValidationCase(
            "{ findAll(by: [{id: 1}, {}, {range: {}}]) { id } }",
            .error(#"OneOf Input Object "Key" must specify exactly one key."#, at: (1, 25)),
            .error(#"Field "Range.from" of required type "Int!" was not provided."#, at: (1, 37))
        ),
    ]

    static let rejectsDefaultValuesOfVariablesCases: [ValidationCase] = [
        ValidationCase(
            #"query A($a: Int = "1", $b: Rank = "MATE", $c: [Int!] = [1, null], $d: Range = {to:"#
                + " 1}) { echo(int: $a, rank: $b, range: $d) need(a: 1, list: []) a: echo(matrix:"
                + " [$c]) }",
            .error(#"Int cannot represent non-integer value: "1""#, at: (1, 19)),
            .error(
                #"Enum "Rank" cannot represent non-enum value: "MATE". Did you mean the enum value"#
                    + #" "MATE"?"#,
                at: (1, 35)
            ),
            .error(#"Expected value of type "Int!", found null."#, at: (1, 60)),
            .error(#"Field "Range.from" of required type "Int!" was not provided."#, at: (1, 79))
        ),
        ValidationCase(
            "query A($a: Int! = null) { need(a: $a, list: []) }",
            .error(#"Expected value of type "Int!", found null."#, at: (1, 20))
        ),
    ]

    static let rejectsArgumentsOfDirectivesCases: [ValidationCase] = [
        ValidationCase(
            #"{ ferry @skip(if: "yes") { id @include(if: 1) @mark(label: 1, level: "a") } }"#,
            .error(#"Boolean cannot represent a non boolean value: "yes""#, at: (1, 19)),
            .error("Boolean cannot represent a non boolean value: 1", at: (1, 44)),
            .error("String cannot represent a non string value: 1", at: (1, 60)),
            .error(#"Int cannot represent non-integer value: "a""#, at: (1, 70))
        )
    ]

    @Test(arguments: [
        #"{ echo(int: 1, float: 1, string: "a", boolean: true, id: 1, rank: MATE, ranks:"#
            + " [MATE], tide: 1) }",
        #"{ echo(int: -2147483648, float: -1.5e3, id: "a", ranks: MATE, strings: ["a", null],"#
            + " matrix: [[1], null, 2]) }",
        "{ echo(int: null, float: null, rank: null, ranks: null, strings: null, range: null,"
            + " tide: null) }",
        #"{ echo(tide: {a: [1, "b", {c: X}]}) }"#,
        #"{ echo(tide: [1, a, {b: 1.5}], strings: "a", matrix: 1) }"#,
        #"{ vessels(filter: {name: "a", range: {from: 1, to: 2}, ranks: [], inners: {name:"#
            + #" "b"}}) { id } }"#,
        #"{ find(by: {id: "a"}) { id } findAll(by: [{name: "a"}, {range: {from: 1}}]) { id } }"#,
        "query A($a: Int = 1, $b: Range = {from: 1}, $c: [Rank!] = MATE) { echo(int: $a,"
            + " range: $b, ranks: $c) }",
        #"query A($a: Int!, $b: String) { need(a: $a, list: ["a"]) find(by: {range: {from:"#
            + " $a}}) { id } vessels(filter: {name: $b}) { id } }",
        #"{ ferry @skip(if: true) { id @mark(label: "a", level: null) } }"#,
    ])
    func acceptsValuesOfTheirTypes(document: String) throws {
        #expect(try ValidationSchema.errors(in: document) == [])
    }

    @Test(arguments: rejectsOtherLiteralsForIntCases)
    func rejectsOtherLiteralsForInt(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOtherLiteralsForFloatCases)
    func rejectsOtherLiteralsForFloat(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOtherLiteralsForStringCases)
    func rejectsOtherLiteralsForString(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOtherLiteralsForBooleanCases)
    func rejectsOtherLiteralsForBoolean(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOtherLiteralsForIDCases)
    func rejectsOtherLiteralsForID(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOtherLiteralsForEnumsCases)
    func rejectsOtherLiteralsForEnums(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsNullsAndListsCases)
    func rejectsNullsAndLists(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsInputObjectsCases)
    func rejectsInputObjects(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsOneOfObjectsCases)
    func rejectsOneOfObjects(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsDefaultValuesOfVariablesCases)
    func rejectsDefaultValuesOfVariables(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }

    @Test(arguments: rejectsArgumentsOfDirectivesCases)
    func rejectsArgumentsOfDirectives(example: ValidationCase) throws {
        #expect(try ValidationSchema.errors(in: example.document) == example.errors)
    }
}
