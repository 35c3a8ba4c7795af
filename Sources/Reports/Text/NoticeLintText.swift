public import ArrearsRecovery
import BillingFiles

/// What is wrong with templates of notices, as lines for people.
public struct NoticeLintText {
    /// A template to be looked over.
    public struct Source {
        let name: String
        let text: String
        let channel: NoticeChannel

        /// A template of a file or of a part of a policy.
        public init(name: String, text: String, channel: NoticeChannel) {
            self.name = name
            self.text = text
            self.channel = channel
        }
    }

    /// The lines: each finding as `name:line:column: error: [rule] ...`, then a line for each template.
    public private(set) var lines: [String] = []

    /// Whether anything is wrong.
    public private(set) var hasFindings = false

    /// Looks templates over; the example has so many arrears, and the words of the policy.
    public init(_ sources: [Source], policy: NoticePolicy, arrears: Int) {
        for source in sources {
            let name = VisibleText.of(source.name.utf8, limit: 1000)
            let (template, findings) = NoticeLint.check(source.text, channel: source.channel)
            hasFindings = hasFindings || !findings.isEmpty
            for finding in findings {
                lines.append(
                    "\(name):\(finding.place.line):\(finding.place.column): error: [\(finding.rule.rawValue)] "
                        + VisibleText.of(finding.message.utf8, limit: 1000))
            }
            guard let template else { continue }
            let sample = NoticeLint.sample(template, policy: policy, arrears: arrears)
            lines.append("\(name): \(Self.length(sample, source.channel)) for \(AmountText.people(arrears, "arrear")):")
            lines += sample.split(separator: "\n", omittingEmptySubsequences: false).map {
                "  " + VisibleText.of($0.utf8, limit: 10_000)
            }
        }
    }

    private static func length(_ text: String, _ channel: NoticeChannel) -> String {
        guard channel == .sms else { return AmountText.people(text.count, "character") }
        let length = SMSLength(text)
        return "\(AmountText.people(length.segments, "segment")) of \(length.encoding.rawValue), "
            + AmountText.people(length.units, length.encoding == .gsm7 ? "septet" : "unit")
    }

    /// The templates of a policy, named by the keys that lead to them.
    public static func sources(of policy: NoticePolicy, name: String) -> [Source] {
        func sources(_ templates: [NoticeChannel: NoticeTemplate], _ place: String) -> [Source] {
            NoticeChannel.allCases.compactMap { channel in
                templates[channel].map {
                    Source(name: "\(name) \(place).\(channel.rawValue)", text: $0.source, channel: channel)
                }
            }
        }
        return sources(policy.templates, "templates")
            + policy.tiers.flatMap { sources($0.templates, "tiers from \($0.from)") }
    }
}
