import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// The files that records become in the formats of JSON, of events in pairs and of several tables.
@Suite struct WrittenDocumentTests {
    private static let charges = [
        "charge_id", "subscription_id", "kind", "charged_on", "period_start", "period_end", "amount", "currency",
        "status",
    ]
    private static let usage = [
        "record_id", "msisdn", "started_at", "kind", "duration_s", "peer", "amount", "currency",
    ]

    private func written(_ format: String, _ columns: [String], _ rows: [String]) throws -> FormatRoundTrip {
        let profile = try #require(try ShippedProfiles.profile(named: format))
        return try FormatRoundTrip(
            profile, columns: columns,
            rows: rows.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) })
    }

    private func text(_ trip: FormatRoundTrip) -> String { String(decoding: trip.bytes, as: UTF8.self) }

    @Test func ratesOfTMF678() throws {
        let trip = try written(
            "tmf678-json", Self.charges,
            [
                "1,S1,renewal,2025-03-01,2025-03-01,2025-03-31,19.90,EUR,posted",
                "2,S\"1\\,credit,2025-03-01,,,-5.00,EUR,pending",
                // A credit above zero would come back below it, and the format has no word for a failed charge.
                "3,S1,credit,2025-03-01,,,5.00,EUR,posted", "4,S1,renewal,2025-03-01,,,5.00,EUR,failed",
            ])
        #expect(
            text(trip) == """
                [
                {"id":"1","date":"2025-03-01T00:00:00.000Z","type":"recurringCharge","isBilled":true,\
                "periodCoverage":{"startDateTime":"2025-03-01T00:00:00.000Z","endDateTime":"2025-04-01T00:00:00.000Z"},\
                "product":{"id":"S1"},"taxExcludedAmount":{"unit":"EUR","value":19.90}},
                {"id":"2","date":"2025-03-01T00:00:00.000Z","type":"appliedBillingCredit","isBilled":false,\
                "product":{"id":"S\\"1\\\\"},"taxExcludedAmount":{"unit":"EUR","value":5.00}}
                ]

                """)
        #expect(trip.refused == [2, 3])
        #expect(trip.converted.read.findings.map(\.field) == ["amount", "status"])
    }

    @Test func usagesOfTMF635() throws {
        let trip = try written(
            "tmf635-json", Self.usage,
            [
                "u1,39055,2025-03-01T10:00:05+01:00,voice,62,39347,0.10,EUR", "u2,39055,2025-03-01T10:00:05,sms,,,,",
                // Without a characteristic nothing tells the format.
                "u3,,2025-03-01T10:00:05Z,data,,,1,EUR",
            ])
        #expect(
            text(trip) == """
                [
                {"id":"u1","usageDate":"2025-03-01T10:00:05.000+01:00","usageType":"VOICE",\
                "usageCharacteristic":[{"name":"msisdn","value":"39055"},{"name":"calledNumber","value":"39347"},\
                {"name":"duration","value":62}],\
                "ratedProductUsage":[{"taxExcludedRatingAmount":{"unit":"EUR","value":0.10}}]},
                {"id":"u2","usageDate":"2025-03-01T10:00:05","usageType":"SMS",\
                "usageCharacteristic":[{"name":"msisdn","value":"39055"}]}
                ]

                """)
        #expect(trip.refused == [2])
        #expect(trip.converted.read.findings.first?.expected.contains("told from other formats") == true)
    }

    @Test func noRecordsAreAnEmptyArray() throws {
        let trip = try written("tmf678-json", Self.charges, [])
        #expect(text(trip) == "[\n]\n")
        #expect(try trip.readBack().rows.isEmpty)
    }

    @Test func characterThatJSONEscapes() throws {
        let trip = try written("tmf635-json", Self.usage, ["a\u{1}\u{8}\tb,é😀\u{7F},2025-03-01T10:00:05Z,voice,,,,"])
        #expect(text(trip).contains("\"a\\u0001\\u0008\\u0009b\""))
        #expect(try trip.readBack().rows.first?.prefix(2) == ["a\u{1}\u{8}\tb", "é😀\u{7F}"])
    }

    /// Objects around the records, arrays of one element, names with marks of paths, and values beside a table.
    @Test func pathsOfAProfileOfOnesOwn() throws {
        let profile = try ProfileFile.read(
            Array(
                """
                name: own
                record: charges
                json: { records: [/bills/lines], when: { column: "a~1b", empty: false } }
                fields:
                  charge_id: { join: ["a~1b", "c/d"], with: "-" }
                  subscription_id: { first-of: ["../number", "first(who/ids/id)"] }
                  kind: { constant: renewal }
                  charged_on: { column: day, date: YYYYMMDD }
                  amount: { column: net, decimal: "," }
                  currency: { constant: EUR }
                  status: { column: ok, map: { "true": posted, "false": failed } }
                write: { arrays: [who/ids], values: { note: "7" } }

                """.utf8), file: "own.yaml")
        let trip = try FormatRoundTrip(
            profile, columns: Self.charges,
            rows: [["x-1", "S1", "renewal", "2025-03-01", "", "", "1.50", "EUR", "failed"]])
        #expect(
            text(trip)
                == "{\"bills\":{\"lines\":[\n{\"a/b\":\"x\",\"c\":{\"d\":\"1\"},\"who\":{\"ids\":[{\"id\":\"S1\"}]},"
                + "\"day\":\"20250301\",\"net\":\"1,50\",\"ok\":false,\"note\":\"7\"}\n]}}\n")
        #expect(try trip.readBack().rows == [["x-1", "S1", "renewal", "2025-03-01", "", "", "1.50", "EUR", "failed"]])
    }

    /// Of fields that cannot stand beside each other the first one is written, and what is read tells it.
    @Test func fieldsAtOdds() throws {
        let profile = try ProfileFile.read(
            Array(
                """
                name: own
                record: usage
                json: { records: [/], tables: { is: { each: list, key: k, value: v } }, when: { column: "first(list/k)", empty: false } }
                fields:
                  record_id: { first-of: [id/value, id] }
                  msisdn: { first-of: ["is['line']", "../line", "is[id]"] }
                  started_at: { column: at, date: epoch }
                  peer: { first-of: [list/peer, "is['peer']"] }

                """.utf8), file: "own.yaml")
        let trip = try FormatRoundTrip(
            profile, columns: Self.usage, rows: [["a", "39", "1970-01-01T00:00:01Z", "", "", "40", "", ""]])
        #expect(
            text(trip)
                == "[\n{\"id\":{\"value\":\"a\"},\"list\":[{\"k\":\"line\",\"v\":\"39\"},{\"k\":\"peer\",\"v\":\"40\"}],\"at\":\"1\"}\n]\n"
        )
        #expect(try trip.readBack().rows == [["a", "39", "1970-01-01T00:00:01Z", "", "", "", "40", "", ""]])
    }

    /// Files written here after the models of each format: what is read of them comes back.
    @Test(arguments: [
        "["
            + WrittenJSONTests.rate(
                "1", "recurringCharge", "19.90", WrittenJSONTests.period("2025-03-01", "2025-03-31"))
            + "," + WrittenJSONTests.rate("2", "appliedBillingCredit", "5") + "]",
        WrittenJSONTests.usage(
            "u1",
            [("originatingCountryCode", "+39"), ("originatingNumber", "055"), ("duration", "2"), ("unit", "MIN")],
            ", \"ratedProductUsage\": [{\"taxExcludedRatingAmount\": {\"unit\": \"EUR\", \"value\": 0.10}}]"),
        WrittenTablesTests.export([
            WrittenTablesTests.item("i1", "RECURRING", "I1", "S1", "19.900000000"),
            WrittenTablesTests.item("i2", "REPAIR_ADJ", "I1", "S\\N{VERTICAL LINE}1", "-5.5"),
        ]),
        "Invoice Item: Charge Amount,Invoice Item: Processing Type,Invoice Item: Service Start Date,"
            + "Invoice Item: Service End Date,Subscription: SubscriptionId,Invoice Item: ChargeType,"
            + "Invoice Item: SubscriptionNumber\n19.9,charge,2025-03-01,2025-03-31,x,Recurring,A-S1\n"
            + "19.9,charge,2025-02-01T00:00:00-0800,2025-02-28T00:00:00-0800,x2,Recurring,\n",
    ])
    func foreignFilesComeBack(file: String) throws {
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(file.utf8), isWhole: true)
        let profile = try #require(detection.certain?.profile)
        let first = try FormatRoundTrip.read(Array(file.utf8), profile)
        #expect(!first.rows.isEmpty)
        let trip = try FormatRoundTrip(profile, columns: first.columns, rows: first.rows)
        #expect(trip.refused.isEmpty, "\(trip.converted.read.findings)")
        let second = try trip.readBack()
        #expect(second.rows == first.rows && second.findings.isEmpty)
        #expect(trip.converted.respelled.allSatisfy { $0 == 0 })
    }

    /// Only the beginning of a large export is seen, and its records wait for invoices far behind it.
    @Test func largeExportsAreRecognised() throws {
        let trip = try written(
            "killbill-account-export", Self.charges,
            (0..<2000).map { "\($0),S1,renewal,2025-03-02,2025-03-01,2025-03-31,19.90,EUR,posted" })
        let beginning = Array(trip.bytes.prefix(ForeignFile.beginningLength))
        #expect(beginning.count < trip.bytes.count)
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: beginning, isWhole: false)
        #expect(detection.certain?.profile.name == "killbill-account-export")
        #expect(trip.plan.mostBytes == ForeignXMLReader.longestWait)
    }

    @Test(arguments: [
        "json: { records: [/, /x] }", "json: { records: [/], totals: [{ stated: /n, records: true }] }",
        "json: { records: [/*/x] }",
    ])
    func documentsWithMoreAreOnlyRead(section: String) throws {
        let text =
            "name: own\nrecord: usage\n\(section)\nfields: { record_id: i, msisdn: n, started_at: { column: t, date: epoch } }\n"
        let plan = WritingPlan.make(try ProfileFile.read(Array(text.utf8), file: "own.yaml"))
        #expect(throws: WritingRefusal.self) { try plan.get() }
    }

    @Test func callsAreTwoEvents() throws {
        let trip = try written(
            "opensips-acc-flatstore", Self.usage,
            [
                "c1,1001,2015-07-09T15:06:40Z,voice,30,1002,,", "c2,1001,2015-07-09T15:06:40Z,voice,,1002,,",
                "c1,1003,2015-07-09T16:06:40Z,voice,0,1004,,",
                // The end of this call would be taken for that of the second.
                "c2,1001,2015-07-09T15:08:20Z,voice,7,1002,,", "c3,1|2,2015-07-09T15:08:20Z,voice,7,1002,,",
                ",1001,2015-07-09T15:08:20Z,voice,7,1002,,", "c4,1001,2015-07-09T15:08:20Z,sms,,1002,,",
            ])
        #expect(
            text(trip) == """
                INVITE|||c1|200|OK|1436454400||1001|1002||
                BYE|||c1|200|OK|1436454430|||||
                INVITE|||c2|200|OK|1436454400||1001|1002||
                INVITE|||c1|200|OK|1436458000||1003|1004||
                BYE|||c1|200|OK|1436458000|||||

                """)
        #expect(trip.refused == [3, 4, 5, 6])
        #expect(trip.converted.read.findings.map(\.field) == ["record_id", "msisdn", "record_id", "kind"])
        let back = try trip.readBack()
        #expect(back.rows.map { $0[0] + $0[4] } == ["c130", "c10", "c2"])
    }

    /// What a block says of its own calls is said again when a block before it has a call without an end.
    @Test func callsOfEarlierBlocks() throws {
        let plan = try WritingPlan.make(try #require(try ShippedProfiles.profile(named: "opensips-acc-flatstore")))
            .get()
        var converter = RecordConverter(
            layout: ConversionLayout(kind: .usage, columns: Self.usage, target: .foreign(plan)))
        var waiting = WaitingRecords(converter)
        var counts: [[Int]] = []
        for rows in [
            "c1,1,2025-03-01T10:00:00Z,voice,,2,,\n", "c2,1,2025-03-01T10:00:00Z,voice,3,2,,\n",
            "c1,1,2025-03-01T10:00:00Z,voice,3,2,,\nc2,1,2025-03-01T10:00:00Z,voice,3,2,,\n",
        ] {
            let block = Block(
                ordinal: 0, file: 0, fileOffset: 0,
                storage: Array(rows.utf8) + Array(repeating: 0, count: Block.padding), count: rows.utf8.count,
                isLast: true)
            let settled = waiting.settled(block, converter.work(on: block))
            counts.append([settled.written, settled.refused])
        }
        #expect(counts == [[1, 0], [1, 0], [1, 1]])
    }

    @Test func itemsAndTheirInvoices() throws {
        let trip = try written(
            "killbill-account-export", Self.charges,
            [
                "i1,S1,renewal,2025-03-02,2025-03-01,2025-03-31,19.90,EUR,posted",
                "i2,S|1,credit,2025-03-02,,,-1.00,EUR,posted", "i3,S1,one_off,2025-03-02,,,1,EUR,pending",
                "i4\\N{LINE FEED},S1,one_off,2025-03-02,,,1,EUR,pending", "i5,,renewal,2025-03-02,,,1,EUR,posted",
                "i6\r,S1,renewal,2025-03-02,,,1,EUR,posted",
            ])
        let columns =
            "record_id|id|type|invoice_id|account_id|child_account_id|bundle_id|subscription_id|description|"
            + "product_name|plan_name|phase_name|usage_name|catalog_effective_date|start_date|end_date|amount|rate|"
            + "currency|linked_item_id|quantity|item_details|created_by|created_date|account_record_id|tenant_record_id"
        #expect(
            text(trip) == """
                -- invoice_items \(columns)
                |i1|RECURRING|2025-03-02/COMMITTED||||S1|||||||2025-03-01|2025-04-01|19.90||EUR|||||||
                |i2|ITEM_ADJ|2025-03-02/COMMITTED||||S\\N{VERTICAL LINE}1|||||||||-1.00||EUR|||||||
                |i3|EXTERNAL_CHARGE|2025-03-02/DRAFT||||S1|||||||||1||EUR|||||||
                -- invoices record_id|id|account_id|invoice_date|target_date|currency|status
                |2025-03-02/COMMITTED||2025-03-02|||COMMITTED
                |2025-03-02/DRAFT||2025-03-02|||DRAFT

                """)
        #expect(trip.refused == [3, 4, 5])
        #expect(try trip.readBack().rows.count == 3)
    }

    @Test func previewsOfZuora() throws {
        let trip = try written(
            "zuora-billing-preview", ["subscription_id", "event", "effective_on", "until", "value"],
            [
                "A-S1,discounted,2025-03-01,2025-04-01,19.90", "A-S1,suspended,2025-03-01,,",
                "A-S2,discounted,2025-03-01,,5",
            ]
        )
        #expect(
            text(trip).split(separator: "\n").dropFirst() == [
                ",,19.90,charge,2025-03-01,2025-03-31,,,,,,Recurring,A-S1",
                ",,5,charge,2025-03-01,,,,,,,Recurring,A-S2",
            ])
        #expect(trip.refused == [1])
    }
}
