public import BillingRecords
import BillingValues

extension Subscriptions {
    /// Appends the rows of a batch; `block` is the block that the batch was read from.
    ///
    /// Batches must come in the order of the file. O(rows of the batch).
    public mutating func append(_ batch: SubscriptionBatch, block: Span<UInt8>, blockOrdinal: UInt32) {
        for record in batch.subscriptions {
            var row = SubscriptionRow(
                key: key(of: record.subscription, batch: batch, block: block), price: 0,
                firstClaim: UInt32(truncatingIfNeeded: claimCount), dueCount: 0, firstDueIndex: 0, activatedDay: 0,
                endedDay: .max, activatedMonthAndDay: 0, cycle: 0, currency: 0, keyTail: 0,
                keyLength: UInt32(truncatingIfNeeded: record.subscription.length))
            if record.subscription.length > SubscriptionKey.capacity {
                row.keyTail = UInt32(truncatingIfNeeded: keyTails.count)
                let bytes = record.subscription.bytes(block: block, unescaped: batch.unescapedTexts)
                keyTails.append(contentsOf: bytes[SubscriptionKey.capacity...])
            }
            if let terms = record.terms {
                row.take(terms, window: window)
                dueCount += Int(row.dueCount)
                claimCount += Int(row.dueCount)
            }
            rows.append(row)
            positions.append(RecordPosition(block: blockOrdinal, byteOffset: record.byteOffset, record: record.ordinal))
            appendBytes(of: record.msisdn, batch: batch, block: block)
            msisdnEnds.append(UInt32(truncatingIfNeeded: msisdnBytes.count))
            offerNumbers.append(number(of: record.offer, in: &offers, batch: batch, block: block))
            paymentMethodNumbers.append(
                number(of: record.paymentMethod, in: &paymentMethods, batch: batch, block: block))
        }
    }

    /// Appends the rows of a table that another thread filled with the rows that follow.
    ///
    /// O(rows of the part), and far less work than filling it: only what counts from the beginning of the table has to
    /// be moved on.
    public mutating func append(_ part: Subscriptions) {
        let claimOffset = UInt32(truncatingIfNeeded: claimCount)
        let tailOffset = UInt32(truncatingIfNeeded: keyTails.count)
        let msisdnOffset = UInt32(truncatingIfNeeded: msisdnBytes.count)
        let offerMap = part.offers.texts.map { offers.number(of: $0.span, in: $0.indices) }
        let paymentMethodMap = part.paymentMethods.texts.map { paymentMethods.number(of: $0.span, in: $0.indices) }
        for place in 0..<part.rows.count {
            var row = part.rows[place]
            row.firstClaim &+= claimOffset
            row.keyTail &+= tailOffset
            rows.append(row)
        }
        keyTails.append(contentsOf: part.keyTails)
        positions.append(contentsOf: part.positions)
        msisdnEnds.append(contentsOf: part.msisdnEnds.lazy.map { $0 &+ msisdnOffset })
        msisdnBytes.append(contentsOf: part.msisdnBytes)
        offerNumbers.append(contentsOf: part.offerNumbers.lazy.map { offerMap[Int($0)] })
        paymentMethodNumbers.append(contentsOf: part.paymentMethodNumbers.lazy.map { paymentMethodMap[Int($0)] })
        dueCount += part.dueCount
        claimCount += part.claimCount
    }

    private func number(
        of text: BatchText, in dictionary: inout TextDictionary, batch: SubscriptionBatch, block: Span<UInt8>
    ) -> UInt32 {
        text.isUnescaped
            ? dictionary.number(of: batch.unescapedTexts.span, in: text.range)
            : dictionary.number(of: block, in: text.range)
    }

    private func key(of text: BatchText, batch: SubscriptionBatch, block: Span<UInt8>) -> SubscriptionKey {
        if text.isUnescaped {
            return unsafe batch.unescapedTexts.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return SubscriptionKey.empty }
                return unsafe SubscriptionKey(
                    base + Int(text.start), length: text.length, readable: bytes.count - Int(text.start))
            }
        }
        return unsafe block.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return SubscriptionKey.empty }
            return unsafe SubscriptionKey(
                base + Int(text.start), length: text.length, readable: bytes.count - Int(text.start))
        }
    }

    private mutating func appendBytes(of text: BatchText, batch: SubscriptionBatch, block: Span<UInt8>) {
        if text.isUnescaped {
            msisdnBytes.append(contentsOf: batch.unescapedTexts[text.range])
        } else {
            unsafe block.withUnsafeBufferPointer { unsafe msisdnBytes.append(contentsOf: $0[text.range]) }
        }
    }
}

extension SubscriptionRow {
    /// Takes over the terms and works out which renewals are due in the window.
    fileprivate mutating func take(_ terms: RenewalTerms, window: AuditWindow) {
        let activation = BatchDate(terms.activatedOn)
        activatedDay = activation.dayNumber
        activatedMonthAndDay = activation.monthAndDay
        endedDay = terms.endedOn?.dayNumber ?? .max
        price = terms.price.minorUnits
        currency = terms.price.currency.packedCode
        let count = Int32(truncatingIfNeeded: terms.cycle.count)
        cycle = terms.cycle.unit == .days ? count : -count
        let schedule = RenewalSchedule(terms: terms, window: window)
        firstDueIndex = Int32(truncatingIfNeeded: schedule.firstDueIndex)
        dueCount = UInt32(truncatingIfNeeded: schedule.dueCount)
    }
}
