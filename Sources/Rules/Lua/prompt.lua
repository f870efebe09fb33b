-- What is typed at the prompt sees: the variables that were set there, the prompt's own words, the words of scripts.
-- Called with the prompt's words, the globals of scripts and their names, what refuses a name, and what says that there is
-- none; returns the globals of what is typed, and the table of the variables.

local own, environment, names, refuse, unknown = ...

local taken = {}
for name in next, own do taken[name] = true end
for _, name in ipairs(names) do taken[name] = true end

local variables, declared = {}, {}

return setmetatable({}, {
    __index = function(_, name)
        local value = variables[name]
        if value ~= nil then return value end
        value = own[name]
        if value ~= nil then return value end
        if taken[name] then return environment[name] end
        -- A variable that was set to nothing is no mistake.
        if declared[name] then return nil end
        return unknown(name)
    end,
    __newindex = function(_, name, value)
        if taken[name] then refuse(name) end
        variables[name], declared[name] = value, true
    end,
    __metatable = false,
}), variables
