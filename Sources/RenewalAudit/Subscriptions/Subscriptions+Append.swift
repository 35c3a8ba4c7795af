// This file holds unsafe code: the bytes of a block, lent for the time of one call.

public import BillingRecords
import BillingValues

extension Subscriptions {
    /// Appends the rows of a batch; `block` is the block that the batch was read from.
    ///
    /// Batches must come in the order of the file. O(rows of the batch).
    public mutating func append(_ batch: SubscriptionBatch, block: Span<UInt8>, blockOrdinal: UInt32) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                for record in batch.subscriptions {
                    append(record, texts: texts, blockOrdinal: blockOrdinal)
                }
            }
        }
    }

    private mutating func append(_ record: SubscriptionRecord, texts: BatchBytes, blockOrdinal: UInt32) {
        let identifier = record.subscription
        let key = unsafe SubscriptionKey(
            texts.pointer(identifier), length: identifier.length, readable: texts.readable(identifier))
        var row = SubscriptionRow(
            key: key, price: 0, firstFurtherClaim: UInt32(truncatingIfNeeded: furtherClaimCount), dueCount: 0,
            firstDueIndex: 0,
            activatedDay: 0, endedDay: .max, activatedMonthAndDay: 0, cycle: 0, currency: 0, keyTailAndMarks: 0,
            keyLength: UInt32(truncatingIfNeeded: identifier.length))
        if identifier.length > SubscriptionKey.capacity {
            row.keyTailAndMarks = UInt32(truncatingIfNeeded: keyTails.count)
            unsafe keyTails.append(contentsOf: texts.bytes(identifier).dropFirst(SubscriptionKey.capacity))
        }
        let offer = number(of: record.offer, in: &offers, texts: texts)
        let calendar = record.calendar.length > 0 ? texts.copy(record.calendar) : []
        if let (terms, isPlain) = takeOffer(record, number: offer, calendar: calendar) {
            row.take(terms, from: windowStart, to: windowEnd)
            if !isPlain {
                row.markTimeline()
                hasOfferTimelines = true
            }
            dueCount += Int(row.dueCount)
            furtherClaimCount += row.furtherClaimCount
        }
        if record.previousIdentifiers.length > 0 {
            previousIdentifiers.append((rows.count, texts.copy(record.previousIdentifiers)))
        }
        rows.append(row)
        positions.append(RecordPosition(block: blockOrdinal, byteOffset: record.byteOffset, record: record.ordinal))
        unsafe msisdnBytes.append(contentsOf: texts.bytes(record.msisdn))
        msisdnEnds.append(UInt32(truncatingIfNeeded: msisdnBytes.count))
        offerNumbers.append(offer)
        paymentMethodNumbers.append(number(of: record.paymentMethod, in: &paymentMethods, texts: texts))
    }

    private func number(of text: BatchText, in dictionary: inout TextDictionary, texts: BatchBytes) -> UInt32 {
        unsafe dictionary.number(of: texts.pointer(text), length: text.length, readable: texts.readable(text))
    }

    /// Appends the rows of a table that another thread filled with the rows that follow.
    ///
    /// O(rows of the part), and far less work than filling it: only what counts from the beginning of the table has to
    /// be moved on.
    public mutating func append(_ part: Subscriptions) {
        let claimOffset = UInt32(truncatingIfNeeded: furtherClaimCount)
        let tailOffset = UInt32(truncatingIfNeeded: keyTails.count)
        let msisdnOffset = UInt32(truncatingIfNeeded: msisdnBytes.count)
        let offerMap = offers.numbers(ofAll: part.offers)
        let paymentMethodMap = paymentMethods.numbers(ofAll: part.paymentMethods)
        let rowOffset = rows.count
        previousIdentifiers.append(contentsOf: part.previousIdentifiers.lazy.map { ($0.row + rowOffset, $0.text) })
        findOffers()
        rowOffers.append(part.rowOffers, offset: rowOffset, offerNumbers: offerMap)
        rows.append(contentsOf: part.rows) { row in
            row.firstFurtherClaim &+= claimOffset
            row.keyTailAndMarks &+= tailOffset
        }
        keyTails.append(contentsOf: part.keyTails)
        positions.append(contentsOf: part.positions)
        msisdnEnds.append(contentsOf: part.msisdnEnds.lazy.map { $0 &+ msisdnOffset })
        msisdnBytes.append(contentsOf: part.msisdnBytes)
        offerNumbers.append(contentsOf: part.offerNumbers.lazy.map { offerMap[Int($0)] })
        paymentMethodNumbers.append(contentsOf: part.paymentMethodNumbers.lazy.map { paymentMethodMap[Int($0)] })
        dueCount += part.dueCount
        hasOfferTimelines = hasOfferTimelines || part.hasOfferTimelines
        furtherClaimCount += part.furtherClaimCount
    }
}

extension SubscriptionRow {
    /// Takes over the terms and works out which renewals are due from a day up to another (exclusive), as
    /// `RenewalSchedule` does.
    fileprivate mutating func take(_ terms: RenewalTerms, from: BatchDate, to: BatchDate) {
        let activation = BatchDate(terms.activatedOn)
        activatedDay = activation.dayNumber
        activatedMonthAndDay = activation.monthAndDay
        price = terms.price.minorUnits
        currency = terms.price.currency.packedCode
        let count = Int32(truncatingIfNeeded: terms.cycle.count)
        cycle = terms.cycle.unit == .days ? count : -count
        var stop = to
        if let endedOn = terms.endedOn {
            endedDay = endedOn.dayNumber
            if endedDay < to.dayNumber { stop = BatchDate(endedOn) }
        }
        firstDueIndex = max(1, firstCycle(startingOnOrAfter: from))
        dueCount = UInt32(max(0, firstCycle(startingOnOrAfter: stop) - firstDueIndex))
    }
}
