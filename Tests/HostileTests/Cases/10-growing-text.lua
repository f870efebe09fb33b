-- entry: 10
-- what: a text that grows by a letter each time,
-- as: load, predicate, journey, template, line
-- expect: steps or time or memory
-- case: at its end => s = s .. "x"
-- case: at its beginning => s = "x" .. s
-- case: by a format => s = ("%sx"):format(s)
-- case: by a repetition => s = s:rep(1, "") .. "x"
-- case: by a replacement => s = s:gsub("$", "x")
-- case: by concat => s = table.concat({ s, "x" })
-- case: by pack => s = string.pack("s8", s)
return function(c)
    local s = ("x"):rep(1 << 20)
    while true do @@ end --!
end
