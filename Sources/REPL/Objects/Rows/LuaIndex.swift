extension RandomAccessCollection {
    /// The element of a number, from 1 on as Lua counts; nil where there is none.
    func element(_ number: Int64) -> Element? {
        guard number >= 1, number <= count else { return nil }
        return self[index(startIndex, offsetBy: Int(number) - 1)]
    }
}
