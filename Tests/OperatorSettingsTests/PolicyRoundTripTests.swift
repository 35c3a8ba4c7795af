import ArrearsRecovery
import BillingValues
import Foundation
import RenewalAudit
import SettingsText
import TestSupport
import Testing

@testable import OperatorSettings

/// `policy show`: what it prints means the same policy when it is read.
@Suite struct PolicyRoundTripTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func roundTrip(_ policy: PolicyFile) throws -> PolicyFile {
        try PolicyFile(Array(policy.settings.yaml.utf8), file: "shown.yaml")
    }

    @Test func theDefaultIsShownWhole() throws {
        let policy = try roundTrip(.standard)
        #expect(policy == .standard)
        #expect(PolicyFile.standard.settings.yaml.contains("    every: 30 days\n"))
    }

    /// The page on the policy shows the default, and must not show another.
    @Test func thePageShowsTheDefault() throws {
        let page = try String(contentsOfFile: "\(Self.package)/docs/policy.md", encoding: .utf8)
        let block = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
        let yaml = try #require(block.components(separatedBy: "\n```").first)
        #expect(try PolicyFile(Array(yaml.utf8), file: "docs/policy.md") == .standard)
        for key in PolicyFile.keys + RecoverySettings.keys + LimitationSettings.keys + NoticeSettings.keys {
            #expect(yaml.contains("\(key):"), "\(key) is not on the page")
        }
    }

    @Test(arguments: ["seed", "august-2022", "australia", "new-york"])
    func theSamplesAreSound(name: String) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.package)/samples/policies/\(name).yaml")))
        let policy = try PolicyFile(bytes, file: name)
        #expect(try roundTrip(policy) == policy)
        #expect((policy == .standard) == (name == "seed"))
    }

    @Test func tenThousandPoliciesReadBackAsThemselves() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<10_000 {
            let policy = try RandomPolicy.make(&random)
            let yaml = policy.settings.yaml
            let read = try? PolicyFile(Array(yaml.utf8), file: "shown.yaml")
            mismatches.check(read == policy, yaml)
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    /// The schema of policy files knows the keys that the reader knows, and no others.
    @Test func theSchemaHasTheKeysOfTheReader() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(Self.package)/schemas/policy.schema.json"))
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        func keys(_ path: String...) throws -> Set<String> {
            var object = schema
            for name in path { object = try #require(object[name] as? [String: Any], "\(path)") }
            #expect(object["additionalProperties"] as? Bool == false, "\(path)")
            return Set(try #require(object["properties"] as? [String: Any], "\(path)").keys)
        }
        #expect(try keys() == Set(PolicyFile.keys))
        #expect(try keys("properties", "audit") == Set(MatchingSettings.keys))
        #expect(try keys("properties", "audit", "properties", "suspension") == Set(SuspensionSettings.keys))
        #expect(try keys("properties", "recovery") == Set(RecoverySettings.keys))
        #expect(try keys("properties", "recovery", "properties", "discount") == Set(RecoverySettings.discountKeys))
        #expect(try keys("$defs", "interval") == Set(CollectionSettings.cadenceKeys))
        #expect(try keys("properties", "limitation") == Set(LimitationSettings.keys))
        #expect(try keys("properties", "notices") == Set(NoticeSettings.keys))
        #expect(try keys("$defs", "tier") == Set(NoticeSettings.tierKeys))
        #expect(try keys("$defs", "templates") == Set(NoticeSettings.templateKeys))
        #expect(try keys("$defs", "jurisdiction") == Set(LimitationSettings.otherKeys))
    }
}
