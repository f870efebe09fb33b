-- Every byte in every kind of class, deep and long patterns, and texts longer than what is searched in
-- one go.
local H, lua, ours = ...
local compare = H.comparer(lua, ours)

-- Classes, byte for byte.
local all = {}
for i = 0, 255 do all[i + 1] = string.char(i) end
all = table.concat(all)
for c = 0, 255 do
    for _, shape in ipairs {"%s", "%%%s", "[%s]", "[%%%s]", "[^%%%s]", "%%%s*", "%s-", "%%f%s", "%%f[%%%s]",
        "%%b%sa", "[a%s", "%%b%s", "(%s)", "[%%a-%s]", "[%s-%%z]"} do
        local p = string.gsub(shape, "%%(.)", function(x) return x == "s" and all:sub(c + 1, c + 1) or x end)
        compare("gsub", all, p, "<%0>")
        compare("find", all, p)
    end
end

-- Depth, captures and long patterns.
for _, n in ipairs {1, 5, 23, 24, 25, 30, 31, 32, 33, 100, 198, 199, 200, 201, 202, 300, 1000} do
    for _, unit in ipairs {"a?", "a*", "a-", "a+", "b?", "b*", "b-", "()", "(a)", "(a", "(", ".-", ".?",
        "[ab]", "%a", "a?b?", "%f[a]", "(a)%1", "()a?"} do
        for _, s in ipairs {"", "a", ("a"):rep(210), ("a"):rep(20) .. "b"} do
            for _, after in ipairs {"", "c", "$", "("} do
                -- Where Lua's own library would take forever.
                local slow = #s > 1 and n > 1 and (after ~= "" or unit == "a+" and n > 5)
                if not slow then
                    compare("find", s, unit:rep(n) .. after)
                    compare("match", s, unit:rep(n) .. after)
                end
            end
        end
    end
    compare("gsub", ("a"):rep(50), ("(a)"):rep(n), "%9%1")
    compare("find", ("ab"):rep(500), ("a[b]"):rep(n) .. "$")
    compare("gmatch", ("ab"):rep(500), ("a[b]"):rep(n) .. "()")
    for _, unit in ipairs {"a?", "a-", "a*", "a+"} do
        compare("find", ("a"):rep(n), unit:rep(5) .. "b?$")
        compare("find", "aaaaaaaa", "^" .. unit:rep(3) .. ("b?"):rep(n))
    end
end

-- Plain searches across windows.
local big = ("ab"):rep(70000) .. "needle" .. ("ba"):rep(70000) .. ("x"):rep(40000)
for _, wanted in ipairs {"needle", "", "x", ("x"):rep(40000), ("x"):rep(39999), ("x"):rep(40001), "aba",
    "bneedleb", "bx", big,
                         ("ba"):rep(20000) .. "x", ("ba"):rep(8191) .. "x", ("ba"):rep(33000) .. "xx",
                             "zz"} do
    for _, at in ipairs(#wanted > 8000 and {1, 280006} or {1, 2, 65530, 65536, 65537, 140000, 140001,
        140002, 280006, #big, #big + 1, #big + 2, -1, -40000}) do
        compare("find", big, wanted, at, true)
        compare("find", big, wanted, at)
    end
end
for i = 65500, 65560 do compare("find", ("-"):rep(i) .. "wanted" .. ("-"):rep(100), "wanted", 1, true) end

-- Long substitutions.
compare("gsub", big, "a", "xyz%0")
compare("gsub", big, "[^a]+", "")
compare("gsub", big, "", "-")
compare("gsub", big, ".*", "%0%0")
compare("gsub", big, "%w", {a = "AAAA"})

