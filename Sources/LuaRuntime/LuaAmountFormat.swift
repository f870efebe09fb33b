internal import CLuaBridge

/// How amounts are written: `¥1,234.50`.
public struct LuaAmountFormat {
    /// What stands before and behind the digits of an amount; texts of UTF-8.
    public struct Affixes {
        let prefix: [UInt8]
        let suffix: [UInt8]

        /// Affixes.
        public init(prefix: [UInt8], suffix: [UInt8]) {
            self.prefix = prefix
            self.suffix = suffix
        }
    }

    let places: Int
    let positive: Affixes
    let negative: Affixes
    let point: [UInt8]
    let group: [UInt8]
    let groups: (first: Int, next: Int, from: Int)

    /// A format with so many digits behind the point, and a separator after each `first` digits before it and then each
    /// `next`, from numbers of `from` digits on.
    public init(
        places: Int, positive: Affixes, negative: Affixes, point: [UInt8], group: [UInt8],
        groups: (first: Int, next: Int, from: Int)
    ) {
        self.places = places
        self.positive = positive
        self.negative = negative
        self.point = point
        self.group = group
        self.groups = groups
    }
}

extension LuaState {
    /// A function of Lua that writes a number so, without a call of Swift; it gives nothing for a number that is far from
    /// zero or near half of the last place, whose decimal digits decide. Nil for a format with more than a few bytes
    /// in a place.
    public func makeAmountWriter(_ format: LuaAmountFormat) -> LuaFunction? {
        let pieces = [
            format.positive.prefix, format.negative.prefix, format.positive.suffix, format.negative.suffix,
            format.group, format.point,
        ]
        guard (0...6).contains(format.places), format.groups.first > 0, format.groups.next > 0,
            pieces.allSatisfy({ $0.count <= Int(MLB_PIECE_LIMIT) })
        else { return nil }
        var texts: [UInt8] = []
        let places = pieces.map { piece -> mlb_Piece in
            defer { texts += piece }
            return mlb_Piece(start: Int32(texts.count), length: Int32(piece.count))
        }
        var packed = mlb_AmountFormat()
        packed.places = Int32(format.places)
        packed.first_group = Int32(clamping: format.groups.first)
        packed.next_groups = Int32(clamping: format.groups.next)
        packed.grouped_from = Int32(clamping: format.groups.from)
        packed.prefix = (places[0], places[1])
        packed.suffix = (places[2], places[3])
        packed.group = places[4]
        packed.point = places[5]
        texts.withUnsafeBytes { bytes in
            mlb_push_amount_writer(stack, &packed, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
        return registry.keepFunction(from: stack)
    }
}
