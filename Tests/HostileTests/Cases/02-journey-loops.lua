-- entry: 2
-- what: after the host has resumed the journey, a loop
-- as: journey
-- expect: steps or time
-- case: without anything in it => while true do end
-- case: in a protected call => pcall(function() while true do end end)
-- case: around a protected call in a protected call => while true do pcall(pcall, error) end
-- case: in the error handler => xpcall(error, function() while true do end end)
-- case: around a verb that is refused => while true do pcall(send, {}) end
return function(c)
    send { template = "hello" }
    send { template = "hello" }
    do @@ end --!
    return true
end
