// This file holds unsafe code: the bytes of a block lent to the look-up.

public import BillingRecords

extension ChargeSieve {
    /// Admits the charges of one batch; `block` is the block that the batch was read from.
    public mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                var found = FoundRows()
                for start in stride(from: 0, to: batch.charges.count, by: FoundRows.capacity) {
                    let range = start..<min(start + FoundRows.capacity, batch.charges.count)
                    lookup.find(batch.charges, range, texts: texts, found: &found)
                    findRenewals(of: batch.charges, range, texts: texts, found: &found)
                    for index in range {
                        let (row, renewal) = (found.rows[index &- start], found.renewals[index &- start])
                        take(batch.charges[index], ofRow: row, renewal, block: batch.block, texts: texts)
                    }
                }
                for reference in batch.references { take(reference, of: batch, texts: texts) }
                for charge in batch.unreadable {
                    take(charge, block: batch.block, texts: texts)
                }
            }
        }
    }

    /// The last step of the look-up: the contract that each charge is for, and the due renewal that it settles all by
    /// itself; the word of its claim is on the way.
    @inline(__always)
    private func findRenewals(
        of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundRows
    ) {
        for place in 0..<range.count {
            let charge = charges[range.lowerBound &+ place]
            var row = found.rows[place]
            if row < 0 || hasSuccessions {
                row = contract(of: charge, ofLineWith: row, texts: texts)
                found.rows[place] = row
            }
            guard row >= 0, letsRegularPass, let renewal = regular.renewal(settledBy: charge, of: rows[row]) else {
                found.renewals[place] = nil
                continue
            }
            claims.prefetch(renewal.place, ofRow: row)
            found.renewals[place] = renewal
        }
    }

    /// The row of the contract that a charge is for, or -1; `row` is that of the id which it states, or -1.
    private func contract(of charge: ChargeRecord, ofLineWith row: Int, texts: BatchBytes) -> Int {
        let row = row >= 0 ? row : aliasedRow(charge.subscription, texts: texts)
        guard row >= 0, hasSuccessions else { return row }
        let day = charge.periodStart.isPresent ? charge.periodStart : charge.chargedOn
        return subscriptions.row(inForceOn: day.dayNumber, ofLineWith: row)
    }

    /// The row of the line that has another id than that of its row, or -1.
    private func aliasedRow(_ identifier: BatchText, texts: BatchBytes) -> Int {
        subscriptions.aliases.isEmpty ? -1 : subscriptions.aliases[texts.copy(identifier)] ?? -1
    }

    /// Takes a charge of the contract of a row, or of nobody; `renewal` is what it settles all by itself.
    @inline(__always)
    private mutating func take(
        _ charge: ChargeRecord, ofRow found: Int, _ renewal: RegularRenewal?, block: UInt32, texts: BatchBytes
    ) {
        newestChargeDay = max(newestChargeDay, charge.chargedOn.dayNumber)
        guard found >= 0 else {
            tally.strangers.add(amount: charge.amount, currency: charge.currency)
            let kept = KeptCharge(charge, row: .max, block: block)
            strangers.append(StrangerCharge(subscription: texts.copy(charge.subscription), charge: kept))
            return
        }
        guard charge.kind.concernsRenewals || charge.kind.mayBeActivationFee && rows[found].hasTimeline else {
            tally.otherKinds.add(amount: charge.amount, currency: charge.currency)
            return
        }
        if !watch.isEmpty, watch.contains(row: found, startDay: charge.periodStart.dayNumber) {
            watched.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: found), block: block))
        }
        let row = rows[found]
        guard row.isUsable else {
            tally.unusableTerms.add(amount: charge.amount, currency: charge.currency)
            return
        }
        if let renewal {
            let claim = RegularClaim(block: block, record: charge.ordinal, daysAfterDue: renewal.daysAfterDue)
            if claims.claim(renewal.place, ofRow: found, claim) {
                // Lines with a timeline count as judged, however little of them had to be kept.
                if row.hasTimeline {
                    tally.judged.add(amount: charge.amount, currency: charge.currency)
                } else {
                    tally.regular.add(amount: charge.amount, currency: charge.currency)
                }
                return
            }
        }
        if row.hasTimeline {
            tally.judged.add(amount: charge.amount, currency: charge.currency)
            if letsRegularPass, isSettled(charge, ofRow: found, row, block: block) { return }
            return kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: found), block: block))
        }
        guard charge.hasReference || relevance.mayBear(charge, on: row) else {
            tally.outsideWindow.add(amount: charge.amount, currency: charge.currency)
            return
        }
        tally.judged.add(amount: charge.amount, currency: charge.currency)
        kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: found), block: block))
    }

    /// Notes the name of the charge that another one undoes.
    private mutating func take(_ reference: ChargeReference, of batch: ChargeBatch, texts: BatchBytes) {
        let charge = batch.charges[reference.charge]
        let row = lineRow(of: charge, texts: texts)
        guard row >= 0 else { return }
        let position = RecordPosition(block: batch.block, byteOffset: charge.byteOffset, record: charge.ordinal)
        references.add(texts.copy(reference.identifier), at: position, ofRow: row)
    }

    /// The row of the line that a charge names, or -1.
    func lineRow(of charge: ChargeRecord, texts: BatchBytes) -> Int {
        contract(of: charge, ofLineWith: lookup.row(of: charge.subscription, texts: texts), texts: texts)
    }

    private mutating func take(_ charge: UnreadableCharge, block: UInt32, texts: BatchBytes) {
        tally.rejected.addUnreadable()
        guard charge.kind?.concernsRenewals ?? true || charge.kind == .activation else { return }
        var row = lookup.row(of: charge.subscription, texts: texts)
        if row < 0 { row = aliasedRow(charge.subscription, texts: texts) }
        guard row >= 0 else { return }
        for row in contracts(ofLineWith: row, whichMayHave: charge) {
            guard rows[row].isUsable, charge.kind != .activation || rows[row].hasTimeline else { continue }
            kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: row), block: block))
        }
    }

    /// The rows of a line that a rejected charge may be for: all of successive contracts where no day of it tells which.
    private func contracts(ofLineWith row: Int, whichMayHave charge: UnreadableCharge) -> [Int] {
        let day = charge.periodStart.isPresent ? charge.periodStart : charge.chargedOn
        guard day.isPresent, !charge.periodIsDamaged else { return subscriptions.successions[row] ?? [row] }
        return [subscriptions.row(inForceOn: day.dayNumber, ofLineWith: row)]
    }
}
