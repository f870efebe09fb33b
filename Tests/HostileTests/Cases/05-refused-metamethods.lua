-- entry: 5
-- what: a metamethod that no script may have,
-- as: load, predicate, journey, template, line
-- case: __close => __close
-- expect: refused "a script's metatable cannot have __close"
-- case: __concat => __concat
-- expect: refused "a script's metatable cannot have __concat"
-- case: __gc => __gc
-- expect: refused "a script's metatable cannot have __gc"
-- case: __mode => __mode
-- expect: refused "a script's metatable cannot have __mode"
return function(c)
    local t = setmetatable({}, { ["@@"] = function() while true do end end }) --!
    return true
end
