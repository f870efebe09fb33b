/// A bar of Unicode blocks, `width` cells long at a share of 1, in steps of an eighth of a cell.
public func bar(_ share: Double, width: Int) -> String {
    guard share.isFinite, share > 0 else { return "" }
    let eighths = max(1, Int((min(share, 1) * Double(width) * 8).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
}

/// Numbers side by side as Unicode blocks of eight heights, one cell each: the lowest is nothing at all, the
/// highest the greatest number. Of more than `width` numbers some neighbours are added up, always as many.
public func sparkline(_ numbers: [Int], width: Int) -> String {
    let size = max(1, (numbers.count + width - 1) / max(1, width))
    let sums = stride(from: 0, to: numbers.count, by: size).map { start in
        numbers[start..<min(start + size, numbers.count)].reduce(0, +)
    }
    let most = max(1, sums.max() ?? 0)
    let blocks = Array("▁▂▃▄▅▆▇█")
    return String(sums.map { sum in sum <= 0 ? blocks[0] : blocks[1 + sum * 6 / most] })
}
