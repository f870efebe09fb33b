internal import Basics

extension Person {
    private static let domains = Weighted([
        ("example.com", 40), ("mail.example.com", 25), ("example.net", 15), ("example.org", 12),
        ("post.example.net", 8),
    ])

    /// Gives addresses that belong to nobody.
    ///
    /// - E-mail: only domains of RFC 2606, and the number in each address keeps them apart.
    /// - Phone: 154, of which no operator in China had been allotted a number when this was written, and for
    ///   the others the area code 555, which North America does not use. They are synthetic all the same:
    ///   never send to them.
    mutating func setContact(_ chance: inout Chance) {
        if chance.happens(0.94) {
            let domain = chance.pick(Self.domains)
            let address = "\(localPart(&chance))\(number)@\(domain)"
            // As typed by hand: upper case is no other address.
            email = chance.happens(0.02) ? capitalised(address) : address
        }
        if chance.happens(0.85) {
            // Multiplication by a number that has no factor in common with the modulus repeats nothing.
            phone =
                isChinese
                ? "154" + digits(Int(number * 61_803_399 % 100_000_000), 8)
                : "+1555" + String(2_000_000 + number * 3_141_593 % 8_000_000)
        }
        if isChinese, chance.happens(0.35) {
            wecomID = "wm" + String(chance.bits() | 1 << 63, radix: 36, uppercase: true)
        }
    }

    private func localPart(_ chance: inout Chance) -> String {
        let initial = firstName.latin.prefix(1)
        switch chance.below(4) {
        case 0:
            return isChinese ? "\(lastName.latin)\(firstName.latin)" : "\(firstName.latin).\(lastName.latin)"
        case 1: return "\(firstName.latin).\(lastName.latin)"
        case 2: return "\(initial)\(lastName.latin)"
        default: return "\(lastName.latin)_"
        }
    }

    private func capitalised(_ address: String) -> String {
        address.prefix(1).uppercased() + address.dropFirst()
    }

    /// Makes the customer live with another: one city, one phone or one mailbox.
    mutating func share(with other: Person, _ chance: inout Chance) {
        guard other.erasedAt == nil, other.isChinese == isChinese else { return }
        place = other.place
        if chance.happens(0.6) {
            phone = other.phone ?? phone
        } else if let address = other.email {
            email = address
            borrowsEmail = true
        }
    }
}
