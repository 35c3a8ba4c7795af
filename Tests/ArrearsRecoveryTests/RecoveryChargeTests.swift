import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import Testing

@Suite("RecoveryCharge")
struct RecoveryChargeTests {
    private static func instalments(from: String = "2024-01-01") throws -> [Instalment] {
        try RecoveryCase("2023-11-20,,P1M", window: "\(from) 2024-05-01", decidedOn: "2024-05-01").plan().instalments
    }

    @Test("collects the instalment, period and price")
    func collecting() throws {
        let instalment = try #require(try Self.instalments().first)
        let charge = RecoveryCharge.collecting(instalment, subscription: Array("S-1".utf8))
        #expect(String(decoding: charge.identifier, as: UTF8.self) == "R-S-1-20240120")
        #expect(charge.kind == .recovery)
        #expect(charge.status == .pending)
        #expect(charge.chargedOn == instalment.collectOn)
        #expect(charge.period == instalment.period)
        #expect(charge.amount == instalment.amount)
    }

    @Test("is undone by the reversal, to the cent and for the same period")
    func reversing() throws {
        for instalment in try Self.instalments() {
            let charge = RecoveryCharge.collecting(instalment, subscription: Array("S-1".utf8))
            let reversal = RecoveryCharge.reversing(instalment, subscription: Array("S-1".utf8))
            #expect(reversal.kind == .refund)
            #expect(reversal.amount.minorUnits == -charge.amount.minorUnits)
            #expect(reversal.amount.currency == charge.amount.currency)
            #expect(reversal.period == charge.period)
            #expect(reversal.row == charge.row)
            #expect(reversal.chargedOn == charge.chargedOn)
            #expect(reversal.identifier != charge.identifier)
        }
    }

    @Test("has an id that depends on subscription, kind and first day alone")
    func pure() throws {
        let whole = try Self.instalments()
        let later = try Self.instalments(from: "2024-03-01")
        // The same renewal has another number and another day of collection here.
        #expect(whole[2].period == later[0].period)
        #expect(whole[2].collectOn != later[0].collectOn)
        let subscription = Array("S".utf8)
        #expect(
            RecoveryCharge.collecting(whole[2], subscription: subscription).identifier
                == RecoveryCharge.collecting(later[0], subscription: subscription).identifier)
    }

    @Test("has an id of its own, whatever the subscriptions' ids look like")
    func injective() throws {
        let names = [
            "S", "S-", "S-20240120", "S-20240220", "R", "V", "R-S", "V-S", "-S", "", "-", "s", "S\u{0}", "S 1", "S1",
        ]
        var identifiers: Set<[UInt8]> = []
        var count = 0
        for instalment in try Self.instalments() {
            for name in names {
                let subscription = Array(name.utf8)
                identifiers.insert(RecoveryCharge.collecting(instalment, subscription: subscription).identifier)
                identifiers.insert(RecoveryCharge.reversing(instalment, subscription: subscription).identifier)
                count += 2
            }
        }
        #expect(identifiers.count == count)
    }
}
