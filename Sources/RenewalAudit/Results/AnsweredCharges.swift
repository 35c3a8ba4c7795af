public import BillingRecords
import BillingValues

/// The charges that banks have answered to, held back from the audit until all of them are known.
///
/// Only then can be told whether one id names several charges. Each is handed on with the status that export and banks
/// give it; all others pass untouched. Memory: by the results, not by the charges.
public struct AnsweredCharges: Sendable {
    /// A charge that results name.
    public struct Charge: Sendable {
        /// The group of its results.
        public let group: Int
        /// The charge as it was read; its texts have no meaning any more.
        public var record: ChargeRecord
        /// The id of its subscription.
        public let subscription: [UInt8]
        /// Where it stands.
        public let position: RecordPosition
        let identifier: [UInt8]
        let refersTo: [UInt8]?
    }

    /// The results.
    public let results: BankResults

    /// The charges, in the order of the files once they are settled.
    public private(set) var charges: [Charge] = []

    /// What became of each charge, in their order; empty until they are settled.
    public private(set) var histories: [CollectionHistory] = []

    /// The groups that name rows which were rejected for a value.
    public private(set) var rejected: Set<Int> = []

    /// The reference that a charge with an id carries to banks, where that is another one.
    private let reference: @Sendable ([UInt8]) -> [UInt8]

    /// Holds back the charges that results name.
    public init(_ results: BankResults, reference: @escaping @Sendable (_ identifier: [UInt8]) -> [UInt8]) {
        self.results = results
        self.reference = reference
    }

    /// Takes the charges that are named out of a batch, which must have the ids of its charges.
    ///
    /// - Returns: the rest of the batch; nil when none is named, so that the batch passes as it is.
    public mutating func take(from batch: ChargeBatch, block: Span<UInt8>) -> ChargeBatch? {
        var named: [Int: Int] = [:]
        for (place, identifier) in batch.identifiers.enumerated() {
            if let group = group(of: identifier, batch, block) { named[place] = group }
        }
        for identifier in batch.unreadableIdentifiers {
            if let group = group(of: identifier, batch, block) { rejected.insert(group) }
        }
        guard !named.isEmpty else { return nil }
        var references: [Int: BatchText] = [:]
        for reference in batch.references { references[reference.charge] = reference.identifier }
        var rest = batch
        (rest.charges, rest.identifiers, rest.references) = ([], [], [])
        for (place, record) in batch.charges.enumerated() {
            guard let group = named[place] else {
                if let name = references[place] {
                    rest.references.append(ChargeReference(charge: rest.charges.count, identifier: name))
                }
                rest.charges.append(record)
                rest.identifiers.append(batch.identifiers[place])
                continue
            }
            var refersTo: [UInt8]?
            if let name = references[place] {
                refersTo = name.bytes(block: block, unescaped: batch.unescapedTexts)
            }
            charges.append(
                Charge(
                    group: group, record: record,
                    subscription: record.subscription.bytes(block: block, unescaped: batch.unescapedTexts),
                    position: RecordPosition(
                        block: batch.block, byteOffset: record.byteOffset, record: record.ordinal),
                    identifier: batch.identifiers[place].bytes(block: block, unescaped: batch.unescapedTexts),
                    refersTo: refersTo))
        }
        return rest
    }

    /// Takes over what another thread held back.
    public mutating func merge(_ other: AnsweredCharges) {
        charges += other.charges
        rejected.formUnion(other.rejected)
    }

    /// Judges the charges when all of them are known, and hands them on in batches.
    public mutating func settle() -> [ChargeBatch] {
        charges.sort { $0.position < $1.position }
        var owners: [Int: Int] = [:]
        for charge in charges { owners[charge.group, default: 0] += 1 }
        var batches: [ChargeBatch] = []
        histories = []
        for charge in charges {
            let history = history(of: charge, isOnly: owners[charge.group] == 1 && !rejected.contains(charge.group))
            histories.append(history)
            let block = UInt32(truncatingIfNeeded: charge.position.block)
            if batches.last?.block != block {
                var batch = ChargeBatch()
                batch.block = block
                batches.append(batch)
            }
            batches[batches.count - 1].append(charge, history)
        }
        return batches
    }

    private func history(of charge: Charge, isOnly: Bool) -> CollectionHistory {
        guard isOnly else { return CollectionHistory(.sharedIdentifier) }
        let record = charge.record
        let amount = Currency(packedCode: record.currency).map { Money(minorUnits: record.amount, currency: $0) }
        return CollectionHistory(
            exported: record.status, amount: amount, results: results.results(ofGroup: charge.group))
    }

    private func group(of identifier: BatchText, _ batch: ChargeBatch, _ block: Span<UInt8>) -> Int? {
        let home = identifier.isUnescaped ? batch.unescapedTexts.span : block
        if let group = results.group(of: home.extracting(identifier.range)) { return group }
        guard results.hasHashes else { return nil }
        let name = reference(identifier.bytes(block: block, unescaped: batch.unescapedTexts))
        return results.group(of: name.span)
    }
}

extension ChargeBatch {
    /// Adds a charge with its own texts and the status that its history gives it.
    fileprivate mutating func append(_ charge: AnsweredCharges.Charge, _ history: CollectionHistory) {
        var record = charge.record
        record.subscription = own(charge.subscription)
        record.status = history.status
        record.isContested = history.contradiction != nil
        if let name = charge.refersTo {
            references.append(ChargeReference(charge: charges.count, identifier: own(name)))
        }
        identifiers.append(own(charge.identifier))
        charges.append(record)
    }

    private mutating func own(_ text: [UInt8]) -> BatchText {
        let start = UInt32(truncatingIfNeeded: unescapedTexts.count)
        unescapedTexts += text
        return BatchText(start: start, length: UInt32(truncatingIfNeeded: text.count), isUnescaped: true)
    }
}
