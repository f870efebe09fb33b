-- entry: 5
-- what: a loop without end in a metamethod,
-- as: load, predicate, journey, template, line
-- expect: steps
-- case: __index => return T("__index").x
-- case: __newindex => T("__newindex").x = 1
-- case: __call => return T("__call")()
-- case: __tostring => return tostring(T("__tostring"))
-- case: __tostring of format => return string.format("%s", T("__tostring"))
-- case: __len => return #T("__len")
-- case: __eq => return T("__eq") == T("__eq")
-- case: __lt => return T("__lt") < T("__lt")
-- case: __lt backwards => return T("__lt") > 1
-- case: __le => return T("__le") <= T("__le")
-- case: __unm => return -T("__unm")
-- case: __add => return T("__add") + 1
-- case: __sub => return 1 - T("__sub")
-- case: __mul => return T("__mul") * 2
-- case: __div => return T("__div") / 2
-- case: __idiv => return T("__idiv") // 2
-- case: __mod => return T("__mod") % 2
-- case: __pow => return T("__pow") ^ 2
-- case: __band => return T("__band") & 1
-- case: __bor => return T("__bor") | 1
-- case: __bxor => return T("__bxor") ~ 1
-- case: __shl => return T("__shl") << 1
-- case: __shr => return T("__shr") >> 1
-- case: __bnot => return ~T("__bnot")
-- case: __pairs => for k in pairs(T("__pairs")) do end
-- case: __index of ipairs => for i in ipairs(T("__index")) do end
-- case: __index of a replacement => return ("x"):gsub("x", T("__index"))
-- case: __index of unpack => return table.unpack(T("__index"), 1, 2)
-- case: __index of concat => return table.concat(T("__index"), "", 1, 2)
-- case: __index of move => return table.move(T("__index"), 1, 2, 1, {})
-- case: __newindex of move => return table.move({ 1 }, 1, 1, 1, T("__newindex"))
-- case: __newindex of insert => return table.insert(T("__newindex"), 1)
-- case: __len of insert => return table.insert(T("__len"), 1)
-- case: __len of remove => return table.remove(T("__len"))
-- case: __len of concat => return table.concat(T("__len"))
-- case: __len of unpack => return table.unpack(T("__len"))
-- case: __len of sort => return table.sort(T("__len"))
-- case: __lt of sort => return table.sort({ T("__lt"), T("__lt") })
-- case: __eq of move => return table.move(T("__eq"), 1, 3, 2, T("__eq"))
-- case: __index in a row of tables => return setmetatable({}, { __index = T("__index") }).x
-- case: __call of pcall => return pcall(T("__call"))
-- case: __call of an iterator => for x in T("__call") do end
-- case: __call of a replacement in an index => return setmetatable({}, { __index = function(t) return T("__call")() end }).x
local function T(event)
    return setmetatable({}, { [event] = function() while true do end end }) --!
end

return function(c)
    local function run()
        @@
    end
    while true do pcall(run) end
end
