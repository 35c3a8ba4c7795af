import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// Results are found by what they name, and charges that are named are held back until all of them are known.
@Suite struct BankResultsTests {
    private static func result(_ line: Int) -> BankResult {
        BankResult(
            status: ChargeStatus.allCases[line % 4], decidedOn: CivilDate(year: 2025, month: 3, day: 1 + line % 28),
            amount: line % 3 == 0 ? nil : Money(minorUnits: Int64(line), currency: .eur),
            reason: line % 5 == 0 ? Array("AC0\(line % 4)".utf8) : [], file: line % 2, line: line)
    }

    @Test func everyResultIsFoundByItsReference() {
        var random = SplitMix64(seed: testSeed)
        var table = BankResults(files: ["one", "two"])
        var model: [String: [BankResult]] = [:]
        for line in 0..<3_000 {
            // Ids of one another's beginnings, of eight bytes and more, and empty ones.
            let reference = random.once(in: 20) ? "" : "C" + String(random.below(700), radix: 2)
            model[reference, default: []].append(Self.result(line))
            table.add(Self.result(line), to: Array(reference.utf8))
        }
        #expect(table.count == 3_000)
        #expect(table.unnamedCount == model[""]?.count)
        #expect(table.unnamedLosses == model[""]?.filter { $0.status == .failed || $0.status == .reversed })
        #expect(table.groupCount == model.count - 1)
        var wrong = Mismatches()
        for (reference, results) in model where !reference.isEmpty {
            let bytes = Array(reference.utf8)
            guard let group = table.group(of: bytes.span) else {
                wrong.check(false, "\(reference) is not found, seed \(testSeed)")
                continue
            }
            wrong.check(table.reference(ofGroup: group) == bytes, reference)
            wrong.check(table.results(ofGroup: group) == results, "\(reference), seed \(testSeed)")
        }
        #expect(wrong.count == 0, "\(wrong.shown)")
        for stranger in ["", "C", "C2", "c1", "C10101010101010101010"] {
            #expect(table.group(of: Array(stranger.utf8).span) == nil)
        }
    }

    @Test(
        arguments: [
            ("R-S1-20250310", "S1", "2025-03-10"), ("R-A-B-20240229", "A-B", "2024-02-29"), ("R--20250310", nil, nil),
            ("R-S1-20250230", nil, nil), ("R-S1-2025031", nil, nil), ("V-S1-20250310", nil, nil),
            ("R-S120250310", nil, nil), ("", nil, nil), ("R-S1-2025o310", nil, nil),
        ] as [(String, String?, String?)])
    func aReferenceOfARecoveryTellsItsParts(text: String, subscription: String?, start: String?) {
        let reference = RecoveryReference(Array(text.utf8))
        #expect(reference.map { String(decoding: $0.subscription, as: UTF8.self) } == subscription)
        #expect(reference.map { "\($0.periodStart)" } == start)
    }

    /// A batch of charges `id subscription status`; `!` in front of a row stands for one that was rejected.
    private static func batch(_ rows: [String], block: UInt32) -> (batch: ChargeBatch, block: [UInt8]) {
        var batch = ChargeBatch()
        batch.block = block
        var bytes: [UInt8] = []
        func text(_ text: some StringProtocol) -> BatchText {
            let start = UInt32(bytes.count)
            bytes += Array(text.utf8)
            return BatchText(start: start, length: UInt32(text.utf8.count), isUnescaped: false)
        }
        for (ordinal, row) in rows.enumerated() {
            let parts = row.split(separator: " ")
            let (identifier, subscription) = (text(parts[0].drop { $0 == "!" }), text(parts[1]))
            let offset = UInt32(ordinal * 60)
            guard !row.hasPrefix("!") else {
                batch.unreadableIdentifiers.append(identifier)
                batch.unreadable.append(
                    UnreadableCharge(
                        subscription: subscription, kind: .renewal, chargedOn: .none, periodStart: .none,
                        periodEnd: .none, periodIsDamaged: false, byteOffset: offset, ordinal: UInt32(ordinal)))
                continue
            }
            batch.identifiers.append(identifier)
            batch.charges.append(
                ChargeRecord(
                    amount: 999, subscription: subscription, chargedOn: .none, periodStart: .none,
                    periodEndDay: .min, currency: Currency.eur.packedCode, byteOffset: offset,
                    ordinal: UInt32(ordinal), kind: .renewal,
                    status: ChargeStatus.allCases.first { $0.word == parts[2] } ?? .pending))
        }
        return (batch, bytes)
    }

    private static func identifiers(_ batch: ChargeBatch, _ block: [UInt8]) -> [String] {
        batch.identifiers.map {
            String(decoding: $0.bytes(block: block.span, unescaped: batch.unescapedTexts), as: UTF8.self)
        }
    }

    @Test func namedChargesComeLastWithTheirNewStatus() {
        var results = BankResults(files: ["bank"])
        for (name, status) in [
            ("C2", ChargeStatus.posted), ("C4", .failed), ("H-9", .reversed), ("D1", .posted), ("X", .posted),
        ] {
            var result = Self.result(1)
            (result.status, result.amount) = (status, nil)
            results.add(result, to: Array(name.utf8))
        }
        let answered = AnsweredCharges(results) { $0 == Array("a_b".utf8) ? Array("H-9".utf8) : $0 }
        var (one, other) = (answered, answered)
        let (first, firstBlock) = Self.batch(["C1 S1 posted", "C2 S2 pending", "C3 S3 posted", "!X S9 -"], block: 0)
        let (second, secondBlock) = Self.batch(
            ["C4 S4 posted", "a_b S5 posted", "D1 S6 pending", "D1 S7 posted"], block: 1)
        let (third, thirdBlock) = Self.batch(["C8 S8 posted"], block: 2)
        let rest = other.take(from: second, block: secondBlock.span)
        #expect(rest.map { Self.identifiers($0, secondBlock) } == [])
        #expect(one.take(from: first, block: firstBlock.span).map { Self.identifiers($0, firstBlock) } == ["C1", "C3"])
        #expect(one.take(from: third, block: thirdBlock.span) == nil)
        other.merge(one)
        let batches = other.settle()
        #expect(batches.map { Self.identifiers($0, []) } == [["C2"], ["C4", "a_b", "D1", "D1"]])
        #expect(batches.flatMap { $0.charges.map(\.status) } == [.posted, .failed, .reversed, .pending, .pending])
        #expect(batches.flatMap { $0.charges.map(\.isContested) } == [false, false, false, true, true])
        let subscriptions = batches.flatMap { batch in
            batch.charges.map { $0.subscription.bytes(block: [UInt8]().span, unescaped: batch.unescapedTexts) }
        }
        #expect(subscriptions == ["S2", "S4", "S5", "S6", "S7"].map { Array($0.utf8) })
        #expect(other.histories.compactMap(\.contradiction) == [.sharedIdentifier, .sharedIdentifier])
        #expect(other.rejected.map { results.reference(ofGroup: $0) } == [Array("X".utf8)])
    }
}
