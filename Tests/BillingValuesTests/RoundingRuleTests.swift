import BillingValues
import Testing

@Suite("RoundingRule")
struct RoundingRuleTests {
    /// The quotients 2.1, 2.5, 2.9, 3.5 and their opposites, in tenths, and what each rule makes of them.
    @Test(
        "rounds quotients of either sign",
        arguments: [
            (.halfUp, [2, 3, 3, 4, -2, -3, -3, -4]),
            (.halfDown, [2, 2, 3, 3, -2, -2, -3, -3]),
            (.halfEven, [2, 2, 3, 4, -2, -2, -3, -4]),
            (.up, [3, 3, 3, 4, -3, -3, -3, -4]),
            (.down, [2, 2, 2, 3, -2, -2, -2, -3]),
            (.ceiling, [3, 3, 3, 4, -2, -2, -2, -3]),
            (.floor, [2, 2, 2, 3, -3, -3, -3, -4]),
        ] as [(RoundingRule, [Int128])])
    func rounds(rule: RoundingRule, expected: [Int128]) {
        let tenths: [Int128] = [21, 25, 29, 35, -21, -25, -29, -35]
        #expect(tenths.map { rule.divide($0, by: 10) } == expected)
        #expect(tenths.map { rule.divide(-$0, by: -10) } == expected)
    }

    @Test("leaves whole quotients alone", arguments: RoundingRule.allCases)
    func whole(rule: RoundingRule) {
        #expect(rule.divide(-30, by: 10) == -3)
        #expect(rule.divide(0, by: -7) == 0)
        #expect(rule.divide(.min, by: 1) == .min)
        #expect(rule.divide(.min, by: .min) == 1)
    }

    @Test("has no quotient by zero nor one beyond 128 bits", arguments: RoundingRule.allCases)
    func none(rule: RoundingRule) {
        #expect(rule.divide(1, by: 0) == nil)
        #expect(rule.divide(0, by: 0) == nil)
        #expect(rule.divide(.min, by: -1) == nil)
    }

    @Test("rounds at the limits of 128 bits")
    func limits() {
        #expect(RoundingRule.halfUp.divide(.max, by: 2) == Int128.max / 2 + 1)
        #expect(RoundingRule.halfEven.divide(.max, by: 2) == Int128.max / 2 + 1)
        #expect(RoundingRule.halfDown.divide(.max, by: 2) == Int128.max / 2)
        #expect(RoundingRule.halfUp.divide(.max, by: .min) == -1)
        #expect(RoundingRule.down.divide(.max, by: .min) == 0)
        #expect(RoundingRule.floor.divide(1, by: .min) == -1)
    }

    @Test("is written in policy files by the names of its cases")
    func names() {
        #expect(
            RoundingRule.allCases.map(\.rawValue)
                == ["halfUp", "halfDown", "halfEven", "up", "down", "ceiling", "floor"])
    }
}
