-- The functions without patterns, with arguments of all kinds.
local H, lua, ours, rounds = ...
local random, pick = math.random, H.pick
local compare = H.comparer(lua, ours)

local all = {}
for i = 0, 255 do all[i + 1] = string.char(i) end
all = table.concat(all)
local letters = { "a", "b", "A", "1", " ", "\0", "\xe4", "%", "x", "\n" }
local function text(most, alphabet)
    local out = {}
    for i = 1, random(0, most) do out[i] = pick(alphabet) end
    return table.concat(out)
end
local function init()
    return pick { nil, 1, 0, -1, -3, random(-15, 15), math.mininteger, math.maxinteger, 2.0, 2.5, "3", "x",
        {} }
end
local values = {nil, true, 0, 1, -1, 2, 3.0, 3.7, "10", "0x10", "x", "", "äÖ", all, ("long"):rep(100),
    "a\0b", math.maxinteger, math.mininteger,
                1e300, -0.0, 1/0, {}, next}
local count = 23
local function value() return values[random(count)] end
local function arguments() return table.unpack({value(), value(), value(), value()}, 1, random(0, 4)) end
local function options(list)
    local out = {}
    for i = 1, random(0, 4) do out[i] = pick(list) end
    return table.concat(out)
end
for _ = 1, rounds do
    local n = random(14)
    if n == 1 then compare(pick {"reverse", "lower", "upper", "len"}, arguments())
    elseif n == 2 then compare("rep", text(5, letters), random(-2, 12), pick {nil, "", ",", "--", {}, 7})
    elseif n == 3 then compare("rep", text(300, letters), pick {0, 1, 2, 3, 7, 200, math.mininteger, "4",
        2.5, next})
    elseif n == 4 then compare("byte", pick {all, "abc", value()}, init(), init())
    elseif n == 5 then compare("char", random(-1, 256), random(0, 255), value())
    elseif n == 6 then compare("sub", pick {all, "abc", value()}, init(), init())
    elseif n <= 9 then
        local function safe() local v = value() if type(v) == "table" or type(v) == "function" then
            v = "t" end return v end
        compare("format", options {"%d", "%s", "%5s", "%-5.2s|", "%q", "%%", "a", "%x", "%5.1f", "%g", "%c",
            "%i", "%99d", "%100d", "%.3q", "%y", "%", "%a", "%.99f",
                                   "%E", "%#x", "%+d", "% d", "%05d", "%5%", "%.20s", "%u", "\xff",
                                       "%1.2.3s", "%-+ #0-+ #0s"}, safe(), safe(), safe(), safe())
    elseif n <= 11 then
        compare("pack", options {"b", "B", "<", ">", "=", "!", "!4", "i3", "I16", "i17", "s1", "s", "z",
            "c5", "c", "x", "Xi4", "X", " ", "d", "f", "n", "j", "J", "T", "c0", "y"},
                value(), value(), value(), value())
    elseif n == 12 then
        compare("packsize", options {"b", "B", "<", "!4", "i3", "I16", "i17", "s1", "z", "c5", "c", "x",
            "Xi4", "d", "c100", "c2147483647", "j"})
    else
        compare("unpack", options {"b", "B", "<", "i3", "I16", "s1", "z", "c5", "c", "x", "Xi4", "d", "j",
            "c0", " ", "!8"}, pick {all, "\3abc\0xyz\1q", value()}, init())
    end
    if n <= 4 then
        local name, a, b, c, d = pick(H.strings), arguments()
        -- What differs on purpose: %p, zero bytes in formats, addresses; and Lua's rep runs for ever on
        -- "" and 1 << 62.
        local plain = a ~= all and a ~= "a\0b"
        local short = math.type(tonumber(b)) ~= "integer" or tonumber(b) < 100
        if not (name == "rep" and not short) and not (name == "format" and not plain) then compare(name, a,
            b, c, d) end
    end
end
for _, name in ipairs(H.strings) do compare(name) end
for _, size in ipairs {255, 256, 257, 1023, 1024, 1025, 4096, 65536} do
    for _, name in ipairs {"lower", "upper", "reverse"} do compare(name, all:rep(size // 256 + 1):sub(1,
        size)) end
    compare("rep", "x", size)
    compare("rep", "xyz", size // 3, ",")
    compare("gsub", ("x"):rep(size), "x", "%0")
    compare("gsub", ("x"):rep(size), "x$", "yz")
    compare("gsub", ("x"):rep(size), "^x", "yz")
end

