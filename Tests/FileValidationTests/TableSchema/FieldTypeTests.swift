import BillingFiles
import FileValidation
import Testing

@Suite("Types and constraints of table schemas") struct FieldTypeTests {
    static let cases: [(field: String, good: [String], bad: [(String, String)])] = [
        (
            #""type":"string","constraints":{"minLength":2,"maxLength":3}"#, ["ab", "äöü"],
            [("a", "too-short"), ("abcd", "too-long")]
        ),
        (
            #""type":"list","itemType":"integer","constraints":{"minLength":2,"maxLength":3}"#,
            ["\"1,2\"", "\"1,-2,30\""],
            [
                ("1", "too-short"), ("\"1,2,3,4\"", "too-long"), ("\"1,a\"", "invalid-value"),
                ("\"1,\"", "invalid-value"),
            ]
        ),
        (
            #""type":"list","delimiter":"; ","itemType":"date""#, ["2025-01-31; 2025-02-28", "2025-01-31"],
            [("2025-01-31;2025-02-28", "invalid-value"), ("2025-02-30", "invalid-value")]
        ),
        (#""type":"list""#, ["a", "\"a,,b\""], []),
        (
            #""type":"geopoint""#, ["\"90.50, 45.50\"", "\"-180,90\"", "\"1e1 , -0.5\""],
            [
                ("90.5", "invalid-value"), ("\"180.01,0\"", "invalid-value"), ("\"0,-90.5\"", "invalid-value"),
                ("\"1,2,3\"", "invalid-value"), ("\"a,b\"", "invalid-value"), ("\",\"", "invalid-value"),
            ]
        ),
        (
            #""type":"geopoint","format":"array""#, ["\"[90.50, 45.50]\"", "\" [ -1 ,2 ] \""],
            [("\"[1]\"", "invalid-value"), ("\"1,2\"", "invalid-value"), ("\"[1,2,3]\"", "invalid-value")]
        ),
        (
            #""type":"geopoint","format":"object""#, [#""{""lon"": 90.5, ""lat"": 45}""#, #""{""lat"":1,""lon"":2}""#],
            [(#""{""lon"": 90.5}""#, "invalid-value"), (#""{""lon"":1,""lat"":""a""}""#, "invalid-value")]
        ),
        (
            #""type":"geojson""#, [#""{""type"": ""Point"", ""coordinates"": [1, 2]}""#],
            [(#""{""type"": ""Pint""}""#, "invalid-value"), ("{}", "invalid-value"), ("[]", "invalid-value")]
        ),
        (
            #""type":"geojson","format":"topojson""#, [#""{""type"":""Topology""}""#],
            [(#""{""type"":""Point""}""#, "invalid-value")]
        ),
        (
            #""type":"array","constraints":{"minLength":1,"maxLength":2}"#, ["[1]", "\"[[1,2,3], 2]\""],
            [("[]", "too-short"), ("\"[1,2,3]\"", "too-long"), ("[1", "invalid-value")]
        ),
        (
            #""type":"object","constraints":{"maxLength":1}"#, ["{}", #""{""a"":[1,2]}""#],
            [(#""{""a"":1,""b"":2}""#, "too-long")]
        ),
        (#""type":"string","constraints":{"enum":["a","b"]}"#, ["a", "b", ""], [("c", "not-in-enumeration")]),
        (#""type":"string","constraints":{"required":true}"#, ["a", " "], [("\"\"", "missing-value")]),
        (#""type":"string","format":"email""#, ["a@b.org"], [("a@", "invalid-value"), ("a b@c", "invalid-value")]),
        (
            #""type":"string","format":"uri""#, ["https://a.b/c?d"],
            [("a.b", "invalid-value"), ("1:a", "invalid-value")]
        ),
        (
            #""type":"string","format":"uuid""#, ["123e4567-e89b-12d3-a456-426614174000"],
            [("123e4567", "invalid-value")]
        ),
        (
            #""type":"string","format":"binary""#, ["YWI=", "YWJj"],
            [("YWI", "invalid-value"), ("Y=Jj", "invalid-value")]
        ),
        (
            #""type":"number","constraints":{"minimum":-1.5,"maximum":"2"}"#,
            ["-1.5", "2", "2.000", "0", "1e0", ".5", "+1", "-0.15e1"],
            [
                ("-1.51", "below-minimum"), ("2.0000000000000000000001", "above-maximum"), ("1e400", "above-maximum"),
                ("a", "invalid-number"), ("1 000", "invalid-number"), ("--1", "invalid-number"),
                ("1e", "invalid-number"),
                ("INF", "above-maximum"), ("-INF", "below-minimum"),
            ]
        ),
        (
            #""type":"number","constraints":{"exclusiveMinimum":0,"exclusiveMaximum":"9.99995"}"#,
            ["0.0001", "9.9999", "0.00000000000000000001", "9.99994999999999999999999"],
            [
                ("0", "below-minimum"), ("-0.000", "below-minimum"), ("0e5", "below-minimum"),
                ("9.99995", "above-maximum"), ("9.999950", "above-maximum"), ("INF", "above-maximum"),
            ]
        ),
        (
            #""type":"integer","constraints":{"minimum":3,"exclusiveMinimum":3,"maximum":5,"exclusiveMaximum":7}"#,
            ["4", "5"], [("3", "below-minimum"), ("6", "above-maximum")]
        ),
        (
            #""type":"date","constraints":{"exclusiveMinimum":"2025-01-01","exclusiveMaximum":"2025-12-31"}"#,
            ["2025-01-02", "2025-12-30"], [("2025-01-01", "below-minimum"), ("2025-12-31", "above-maximum")]
        ),
        (
            #""type":"number""#, ["NaN", "INF", "99999999999999999999999999", "1."],
            [("nan", "invalid-number"), (".", "invalid-number")]
        ),
        (
            #""type":"number","decimalChar":",","groupChar":".""#, ["\"1.234,5\"", "\"-1,5\"", "1.234.567"],
            [("\"1,2,3\"", "invalid-number"), (".5", "invalid-number"), ("\"1,5.0\"", "invalid-number")]
        ),
        (#""type":"number","bareNumber":false"#, ["12 EUR", "$1.5", "95%"], [("EUR", "invalid-number")]),
        (#""type":"number","constraints":{"enum":[1,2.5]}"#, ["1.0", "2.50"], [("3", "not-in-enumeration")]),
        (
            #""type":"integer","constraints":{"minimum":0}"#, ["0", "123456789012345678901"],
            [("1.0", "invalid-number"), ("1e2", "invalid-number"), ("-1", "below-minimum")]
        ),
        (#""type":"boolean""#, ["true", "0"], [("yes", "invalid-value")]),
        (#""type":"boolean","trueValues":["ja"],"falseValues":["nein"]"#, ["ja", "nein"], [("true", "invalid-value")]),
        (
            #""type":"date","constraints":{"minimum":"2025-01-01","maximum":"2025-12-31"}"#,
            ["2025-01-01", "2025-12-31"],
            [
                ("2024-12-31", "below-minimum"), ("2026-01-01", "above-maximum"), ("2025-02-29", "invalid-date"),
                ("1.1.2025", "invalid-date"),
            ]
        ),
        (
            #""type":"date","format":"%d.%m.%Y""#, ["29.02.2024"],
            [("29.02.2025", "invalid-value"), ("1.2.2025", "invalid-value")]
        ),
        (
            #""type":"time""#, ["23:59:59", "00:00:00.5Z"],
            [("24:00:00", "invalid-value"), ("1:00:00", "invalid-value")]
        ),
        (
            #""type":"datetime","constraints":{"maximum":"2025-01-01T12:00:00Z"}"#,
            ["2025-01-01T12:00:00Z", "2025-01-01T14:00:00+02:00"],
            [
                ("2025-01-01T12:00:00.001Z", "above-maximum"), ("2025-01-01T12:00:00-00:01", "above-maximum"),
                ("2025-01-01", "invalid-time"),
            ]
        ),
        (
            #""type":"datetime","format":"%m/%d/%y %I:%M %p""#, ["12/31/24 11:59 PM"],
            [("13/31/24 11:59 PM", "invalid-value")]
        ),
        (
            #""type":"year","constraints":{"minimum":"2000"}"#, ["2000"],
            [("1999", "below-minimum"), ("20", "invalid-value")]
        ),
        (#""type":"yearmonth""#, ["2025-12"], [("2025-13", "invalid-value")]),
        (
            #""type":"duration""#, ["P1M", "PT5S", "P1Y2M3DT4H5M6.7S", "P2W"],
            [("P", "invalid-value"), ("P1S", "invalid-value"), ("PT", "invalid-value"), ("1M", "invalid-value")]
        ),
        (
            #""type":"object""#, ["\"{\"\"a\"\": [1, -2.5e3, null, {}]}\""],
            [("[]", "invalid-value"), ("{", "invalid-value"), ("\"{\"\"a\"\":01}\"", "invalid-value")]
        ),
        (#""type":"array""#, ["[]", "\"[1,true]\""], [("{}", "invalid-value"), ("\"[1,]\"", "invalid-value")]),
        (#""missingValues":["NA"],"constraints":{"required":true}"#, ["x", "\"\""], [("NA", "missing-value")]),
        (#""type":"string","constraints":{"pattern":"[A-Z]+"}"#, ["AB"], [("Ab", "pattern-mismatch")]),
    ]

    @Test(arguments: cases.indices)
    func judges(index: Int) throws {
        let (field, good, bad) = Self.cases[index]
        let schema = "{\"fields\":[{\"name\":\"f\",\(field)},{\"name\":\"g\",\"type\":\"any\"}]}"
        for value in good {
            let table = try ValidatedTable.schema(schema, "f,g\n\(value),1\n")
            #expect(table.summary.isEmpty, "\(field) \(value): \(table.report)")
        }
        for (value, rule) in bad {
            let table = try ValidatedTable.schema(schema, "f,g\n\(value),1\n")
            #expect(table.summary == ["2 \(rule) f"], "\(field) \(value): \(table.report)")
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"fields":[]}"#, #"{"fields":[{"type":"string"}]}"#, #"{"fields":[{"name":"a"},{"name":"a"}]}"#,
        #"{"fields":[{"name":"a","type":"list","itemType":"list"}]}"#, #"{"fields":[{"name":"a","tpye":"string"}]}"#,
        #"{"fields":[{"name":"a","constraints":{"pattern":"(?=a)"}}]}"#, #"{"fields":[{"name":"a"}],"primaryKey":"b"}"#,
        #"{"fields":[{"name":"a","type":"date","format":"any"}]}"#,
        #"{"fields":[{"name":"a","type":"date","format":"%Q"}]}"#,
        #"{"fields":[{"name":"a","type":"string","constraints":{"minimum":1}}]}"#,
        #"{"fields":[{"name":"a","type":"number","constraints":{"minimum":"x"}}]}"#,
        #"{"fields":[{"name":"a","constraints":{"exclusiveMinimum":1}}]}"#,
        #"{"fields":[{"name":"a","type":"string","constraints":{"exclusiveMaximum":1}}]}"#,
        #"{"fields":[{"name":"a","type":"geopoint","format":"circle"}]}"#,
        #"{"fields":[{"name":"a","type":"array","constraints":{"minLength":"x"}}]}"#,
        #"{"fields":[{"name":"a","type":"object","constraints":{"minimum":1}}]}"#,
        #"{"fields":[{"name":"a","constraints":{"jsonSchema":{}}}]}"#,
        #"{"fields":[{"name":"a"}],"fieldsMatch":"all"}"#,
        #"{"fields":[{"name":"a","type":"number","decimalChar":".","groupChar":"."}]}"#, #"{"fields": ["#, #"[1]"#,
        #"{"fields":[{"name":"a"}],"foreignKeys":[{"fields":"a"}]}"#,
    ])
    func refuses(schema: String) {
        #expect(throws: (any Error).self) { try TableSchema.read(Array(schema.utf8), file: "schema.json") }
    }

    @Test func columns() throws {
        let fields = #""fields":[{"name":"a"},{"name":"b"}]"#
        func summary(_ match: String, _ header: String) throws -> [String] {
            let row = header.split(separator: ",").map { _ in "1" }.joined(separator: ",")
            return try ValidatedTable.schema("{\(fields)\(match)}", "\(header)\n\(row)\n").summary
        }
        #expect(try summary("", "a,b").isEmpty)
        #expect(try summary("", "b,a") == ["1 misplaced-column b"])
        #expect(try summary("", "a,b,c") == ["1 unknown-column c"])
        #expect(try summary("", "a,c") == ["1 missing-column b", "1 unknown-column c"])
        #expect(try summary(#","fieldsMatch":"equal""#, "b,a").isEmpty)
        #expect(try summary(#","fieldsMatch":"subset""#, "c,b,a").isEmpty)
        #expect(try summary(#","fieldsMatch":["superset"]"#, "a,c") == ["1 unknown-column c"])
        #expect(try summary(#","fieldsMatch":"partial""#, "b,c").isEmpty)
    }

    @Test func keys() throws {
        let schema = #"{"fields":[{"name":"a"},{"name":"b","constraints":{"unique":true}}],"primaryKey":["a","b"]}"#
        let table = try ValidatedTable.schema(schema, "a,b\n1,2\n12,\n1,2\n1,22\n,\n12,\n")
        #expect(table.summary == ["4 duplicate-key a", "4 duplicate-value b", "7 duplicate-key a"])
        #expect(table.findings[0].found == "1, 2, which record 1 has already")
    }

    @Test func foreignKeys() throws {
        let own =
            #"{"fields":[{"name":"id"},{"name":"of"}],"foreignKeys":[{"fields":"of","reference":{"resource":"","fields":"id"}}]}"#
        let table = try ValidatedTable.schema(own, "id,of\n1,2\n2,\n3,4\n")
        #expect(table.summary == ["4 unknown-reference of"])
        let other = own.replacing(#""resource":"""#, with: #""resource":"people""#)
        #expect(throws: ReferenceFault.self) { try ValidatedTable.schema(other, "id,of\n1,2\n") }
    }
}
