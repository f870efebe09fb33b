-- entry: 10
-- what: on texts of 4 MB, without end,
-- as: predicate, template
-- expect: steps or time or memory
-- case: S:lower() => local x = S:lower()
-- case: S:upper() => local x = S:upper()
-- case: S:reverse() => local x = S:reverse()
-- case: #S => local x = #S
-- case: S:len() => local x = S:len()
-- case: S < T => local x = S < T
-- case: S <= T => local x = S <= T
-- case: S == T => local x = S == T
-- case: S > T => local x = S > T
-- case: utf8.len(S) => local x = utf8.len(S)
-- case: utf8.codepoint(S, -1) => local x = utf8.codepoint(S, -1)
-- case: utf8.offset(S, -1) => local x = utf8.offset(S, -1)
-- case: S:byte(-1) => local x = S:byte(-1)
-- case: S:sub(2) => local x = S:sub(2)
-- case: S:find("y", 1, true) => local x = S:find("y", 1, true)
-- case: S:match("y") => local x = S:match("y")
-- case: S:gsub("y", "") => S:gsub("y", "")
-- case: S:rep(1) => local x = S:rep(1)
-- case: S .. "x" => local x = S .. "x"
-- case: "x" .. S => local x = "x" .. S
-- case: ("%s"):format(S) => local x = ("%s"):format(S)
-- case: ("%q"):format(S) => local x = ("%q"):format(S)
-- case: string.pack("z", S) => local x = string.pack("z", S)
-- case: string.pack("s", S) => local x = string.pack("s", S)
-- case: string.unpack("z", S .. "\0") => local x = string.unpack("z", S .. "\0")
-- case: tostring(S) => local x = tostring(S)
-- case: tonumber(S) => local x = tonumber(S)
-- case: tonumber(S, 36) => local x = tonumber(S, 36)
-- case: math.tointeger(S) => local x = math.tointeger(S)
-- case: table.concat({ S }) => local x = table.concat({ S })
-- case: ({ [S] = 1 })[T] => local x = ({ [S] = 1 })[T]
-- case: rawequal(S, T) => local x = rawequal(S, T)
-- case: rawlen(S) => local x = rawlen(S)
-- case: load(S) => local x = load(S)
-- case: select(S) => local x = select(S)
-- case: type(S) => local x = type(S)
-- case: S + 1 => local x = S + 1
-- case: -S => local x = -S
-- case: S // 1 => local x = S // 1
-- case: S & 1 => local x = S & 1
-- case: ("x"):rep(S) => local x = ("x"):rep(S)
-- case: ("x"):sub(S) => local x = ("x"):sub(S)
-- case: error(S, 0) => error(S, 0)
-- case: assert(false, S) => local x = assert(false, S)
-- case: setmetatable(S, S) => local x = setmetatable(S, S)
-- case: ipairs(S) => local x = ipairs(S)
-- case: pairs(S) => local x = pairs(S)
-- case: next(S) => local x = next(S)
-- case: table.insert(S, S) => local x = table.insert(S, S)
-- case: table.sort({ S, T, S }) => local x = table.sort({ S, T, S })
-- case: table.unpack(S) => local x = table.unpack(S)
-- case: utf8.char(S) => local x = utf8.char(S)
-- case: for p, c in utf8.codes(S) do end => for p, c in utf8.codes(S) do end
local S = ("x"):rep(1 << 22)
local T = S .. "z"
S = S .. "y"

return function(c)
    while true do
        pcall(function()
            @@
        end)
    end
end
