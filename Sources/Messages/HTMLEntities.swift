/// Character references: `&amp;`, `&#38;`, `&#x26;`.
enum HTMLEntities {
    /// The text of a range of HTML with its references read.
    ///
    /// A name needs its semicolon, so that `?a=1&copy=2` stays as it is; a number does not, as in browsers.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "&"), let (scalar, length) = reference(bytes[place...]) {
                out += Array(String(scalar).utf8)
                place += length
            } else {
                out.append(bytes[place])
                place += 1
            }
        }
        return out
    }

    private static func reference(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        let rest = bytes.dropFirst()
        if rest.first == UInt8(ascii: "#") { return number(rest.dropFirst()) }
        let name = rest.prefix(longestName).prefix { isLetter($0) || isDigit($0) }
        guard !name.isEmpty, rest.dropFirst(name.count).first == UInt8(ascii: ";"),
            let scalar = named[String(decoding: name, as: UTF8.self)]
        else { return nil }
        return (scalar, name.count + 2)
    }

    /// `#` was read.
    private static func number(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        let isHex = bytes.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
        // Ten digits are more than any character has, but may be zeros; what is longer is no reference.
        let digits = bytes.dropFirst(isHex ? 1 : 0).prefix(10).prefix {
            isDigit($0) || (isHex && isHexLetter($0))
        }
        guard let value = UInt64(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10) else {
            return nil
        }
        let read = (isHex ? 1 : 0) + digits.count
        let length = 2 + read + (bytes.dropFirst(read).first == UInt8(ascii: ";") ? 1 : 0)
        // The numbers of C1 controls are read as Windows-1252 (HTML Standard, section 13.2.5.80).
        if (0x80...0x9F).contains(value), let scalar = Unicode.Scalar(windows1252[Int(value) - 0x80]) {
            return (scalar, length)
        }
        let scalar = value == 0 ? nil : UInt32(exactly: value).flatMap(Unicode.Scalar.init)
        return (scalar ?? "\u{FFFD}", length)
    }

    private static let windows1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
    private static func isHexLetter(_ byte: UInt8) -> Bool { (97...102).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// The names of HTML 4.01 (section 24), and `apos`: those that mail has.
    private static let named: [String: Unicode.Scalar] = {
        var names: [String: Unicode.Scalar] = [:]
        for (start, text) in runs {
            var value = start
            for name in text.split(separator: " ") {
                if name != "-" { names[String(name)] = Unicode.Scalar(value) }
                value += 1
            }
        }
        return names
    }()

    private static let longestName = 8

    /// Names of characters that follow each other, from the first on; `-` is one without a name.
    private static let runs: [(UInt32, String)] = [
        (0x22, "quot - - - amp apos"), (0x3C, "lt - gt"),
        (
            0xA0,
            """
            nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
            acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
            Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
            Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde \
            auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
            ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
            """
        ), (0x152, "OElig oelig"), (0x160, "Scaron scaron"), (0x178, "Yuml"), (0x192, "fnof"),
        (0x2C6, "circ"), (0x2DC, "tilde"),
        (
            0x391,
            """
            Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau \
            Upsilon Phi Chi Psi Omega
            """
        ),
        (
            0x3B1,
            """
            alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma \
            tau upsilon phi chi psi omega
            """
        ), (0x3D1, "thetasym upsih - - - piv"), (0x2002, "ensp emsp - - - - - thinsp - - zwnj zwj lrm rlm"),
        (0x2013, "ndash mdash - - - lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull - - - hellip"),
        (0x2030, "permil - prime Prime"), (0x2039, "lsaquo rsaquo"), (0x203E, "oline"), (0x2044, "frasl"),
        (0x20AC, "euro"), (0x2111, "image"), (0x2118, "weierp"), (0x211C, "real"), (0x2122, "trade"),
        (0x2135, "alefsym"), (0x2190, "larr uarr rarr darr harr"), (0x21B5, "crarr"),
        (0x21D0, "lArr uArr rArr dArr hArr"), (0x2200, "forall - part exist - empty - nabla isin notin - ni"),
        (0x220F, "prod - sum minus"), (0x2217, "lowast - - radic - - prop infin - ang"),
        (0x2227, "and or cap cup int"), (0x2234, "there4"), (0x223C, "sim"), (0x2245, "cong - - asymp"),
        (0x2260, "ne equiv - - le ge"), (0x2282, "sub sup nsub - sube supe"), (0x2295, "oplus - otimes"),
        (0x22A5, "perp"), (0x22C5, "sdot"), (0x2308, "lceil rceil lfloor rfloor"), (0x2329, "lang rang"),
        (0x25CA, "loz"), (0x2660, "spades - - clubs - hearts diams"),
    ]
}
