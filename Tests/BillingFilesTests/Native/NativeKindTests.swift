import Testing

@testable import BillingFiles

@Suite struct NativeKindTests {
    @Test(arguments: NativeKind.allCases)
    func toldByItsColumnsInAnyOrder(kind: NativeKind) {
        #expect(NativeKind(columns: kind.columns) == kind)
        #expect(NativeKind(columns: ["more"] + kind.columns.reversed() + kind.optionalColumns) == kind)
        for missing in kind.columns.indices {
            var columns = kind.columns
            columns.remove(at: missing)
            #expect(NativeKind(columns: columns) == nil)
            #expect(NativeKind.nearest(to: columns)?.missing == [kind.columns[missing]])
        }
    }

    @Test(arguments: NativeKind.allCases)
    func toldByItsRootElement(kind: NativeKind) {
        #expect(NativeKind(rootElement: kind.rootElement) == kind)
        #expect(NativeKind(rootElement: "") == nil)
        #expect(NativeKind(rootElement: kind.rootElement.uppercased()) == nil)
        #expect(kind.rootElement == kind.recordElement + "s")
    }

    @Test func canonicalOrder() {
        #expect(
            NativeKind.subscriptions.canonicalOrder(
                of: ["z", "previous_ids", "cycle", "a", "calendar", "subscription_id"])
                == ["subscription_id", "cycle", "calendar", "previous_ids", "z", "a"])
        #expect(NativeKind.usage.canonicalOrder(of: []) == [])
    }
}
