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
                    for index in range {
                        take(batch.charges[index], row: found.rows[index - start], block: batch.block, texts: texts)
                    }
                }
                for reference in batch.references { take(reference, of: batch, texts: texts) }
                for charge in batch.unreadable {
                    take(charge, block: batch.block, texts: texts)
                }
            }
        }
    }

    @inline(__always)
    private mutating func take(_ charge: ChargeRecord, row found: Int, block: UInt32, texts: BatchBytes) {
        newestChargeDay = max(newestChargeDay, charge.chargedOn.dayNumber)
        guard found >= 0 else {
            if !subscriptions.aliases.isEmpty, let row = subscriptions.aliases[texts.copy(charge.subscription)] {
                return take(charge, ofRow: row, block: block)
            }
            tally.strangers.add(amount: charge.amount, currency: charge.currency)
            let kept = KeptCharge(charge, row: .max, block: block)
            strangers.append(StrangerCharge(subscription: texts.copy(charge.subscription), charge: kept))
            return
        }
        take(charge, ofRow: found, block: block)
    }

    /// Takes a charge of a subscription.
    @inline(__always)
    private mutating func take(_ charge: ChargeRecord, ofRow row: Int, block: UInt32) {
        var found = row
        if hasSuccessions {
            let day = charge.periodStart.isPresent ? charge.periodStart : charge.chargedOn
            found = subscriptions.row(inForceOn: day.dayNumber, ofLineWith: row)
        }
        guard charge.kind.concernsRenewals || charge.kind.mayBeActivationFee && claims.rows[found].hasTimeline else {
            tally.otherKinds.add(amount: charge.amount, currency: charge.currency)
            return
        }
        if !watch.isEmpty, watch.contains(row: found, startDay: charge.periodStart.dayNumber) {
            watched.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: found), block: block))
        }
        let row = claims.rows[found]
        guard row.isUsable else {
            tally.unusableTerms.add(amount: charge.amount, currency: charge.currency)
            return
        }
        if letsRegularPass, let due = regularRenewal(charge, row) {
            let claim = RegularClaim(block: block, record: charge.ordinal, daysAfterDue: due.daysAfterDue)
            if claims.claim(due.place, ofRow: found, claim) {
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
        var row = lookup.row(of: charge.subscription, texts: texts)
        if row < 0, !subscriptions.aliases.isEmpty {
            row = subscriptions.aliases[texts.copy(charge.subscription)] ?? row
        }
        guard row >= 0, hasSuccessions else { return row }
        let day = charge.periodStart.isPresent ? charge.periodStart : charge.chargedOn
        return subscriptions.row(inForceOn: day.dayNumber, ofLineWith: row)
    }

    private mutating func take(_ charge: UnreadableCharge, block: UInt32, texts: BatchBytes) {
        tally.rejected.addUnreadable()
        guard charge.kind?.concernsRenewals ?? true || charge.kind == .activation else { return }
        var row = lookup.row(of: charge.subscription, texts: texts)
        if row < 0, !subscriptions.aliases.isEmpty {
            row = subscriptions.aliases[texts.copy(charge.subscription)] ?? row
        }
        guard row >= 0 else { return }
        for row in contracts(ofLineWith: row, whichMayHave: charge) {
            guard claims.rows[row].isUsable, charge.kind != .activation || claims.rows[row].hasTimeline else {
                continue
            }
            kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: row), block: block))
        }
    }

    /// The rows of a line that a rejected charge may be for: all of successive contracts where no day of it tells which.
    private func contracts(ofLineWith row: Int, whichMayHave charge: UnreadableCharge) -> [Int] {
        let day = charge.periodStart.isPresent ? charge.periodStart : charge.chargedOn
        guard day.isPresent, !charge.periodIsDamaged else { return subscriptions.successions[row] ?? [row] }
        return [subscriptions.row(inForceOn: day.dayNumber, ofLineWith: row)]
    }

    /// The due renewal that a charge settles all by itself, counted from 0, and, if the charge states no period, the days
    /// between them; nil if it is not that regular.
    @inline(__always)
    private func regularRenewal(
        _ charge: ChargeRecord, _ row: SubscriptionRow
    ) -> (place: Int, daysAfterDue: Int32?)? {
        guard charge.kind == .renewal, charge.status == .posted, charge.amount == row.price,
            charge.currency == row.currency, charge.amount > 0, let cycle = regularCycle(charge, row)
        else { return nil }
        let due = cycle.index &- row.firstDueIndex
        guard due >= 0, due < Int32(truncatingIfNeeded: row.dueCount) else { return nil }
        return (Int(due), cycle.daysAfterDue)
    }

    /// The cycle that a charge pays for on time, by its period or, without one, by its day.
    @inline(__always)
    private func regularCycle(_ charge: ChargeRecord, _ row: SubscriptionRow) -> (index: Int32, daysAfterDue: Int32?)? {
        let before = Int32(clamping: policy.graceDaysBefore)
        let after = Int32(clamping: policy.graceDaysAfter)
        guard charge.periodStart.isPresent else {
            guard charge.periodEndDay == .min else { return nil }
            guard let cycle = row.cycle(dueNear: charge.chargedOn, before: before, after: after) else { return nil }
            return (cycle.index, cycle.daysAfterDue)
        }
        let days = charge.chargedOn.dayNumber &- charge.periodStart.dayNumber
        guard days >= 0 &- before, days <= after, let cycle = row.cycleIndex(startingOn: charge.periodStart),
            charge.periodEndDay == .min
                || charge.periodEndDay == row.lastDay(ofCycleStartingOn: charge.periodStart)
        else { return nil }
        return (cycle, nil)
    }
}
