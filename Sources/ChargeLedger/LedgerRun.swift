/// A run of the ledger, as its links tell it.
public struct LedgerRun: Hashable, Sendable {
    /// How far a run has come.
    public enum State: String, Sendable {
        /// Its files are under way, or it was killed and nobody has looked yet.
        case interrupted
        /// Its files were published, recovery charges included.
        case published
        /// Its plan waits for approval.
        case proposed
        /// Its plan was approved, and the recovery charges were published.
        case released
        /// A person gave its plan up; nothing of it counts but what was seen of its charges.
        case rejected
        /// Its files never got to their place, and nothing of it counts.
        case withdrawn
    }

    /// The number of the run, from 1.
    public let number: Int

    /// The link that began it: an audit or a proposal.
    public let first: LedgerLink

    /// All its links.
    public private(set) var links: [LedgerLink]

    /// How far it has come.
    public private(set) var state = State.interrupted

    /// Whether a link stands where it cannot.
    private(set) var isDisordered = false

    /// The link that decided the state last, with who and when.
    public var last: LedgerLink { links.last ?? first }

    /// The runs that links tell, in their order.
    public static func all(_ links: [LedgerLink]) -> [LedgerRun] {
        var runs: [LedgerRun] = []
        for link in links {
            if let place = runs.firstIndex(where: { $0.number == link.run }) {
                runs[place].take(link)
            } else {
                runs.append(LedgerRun(link))
            }
        }
        return runs
    }

    private init(_ link: LedgerLink) {
        number = link.run
        first = link
        links = [link]
        isDisordered = link.act != .audit && link.act != .proposal
    }

    private mutating func take(_ link: LedgerLink) {
        let before = last.act
        links.append(link)
        switch (before, link.act) {
        case (.audit, .published): state = .published
        case (.audit, .withdrawn), (.proposal, .withdrawn): state = .withdrawn
        case (.proposal, .published), (.release, .withdrawn): state = .proposed
        case (.published, .release) where state == .proposed, (.withdrawn, .release) where state == .proposed: break
        case (.release, .published): state = .released
        case (_, .rejected) where [.proposed, .published, .released].contains(state): state = .rejected
        default: isDisordered = true
        }
    }
}
