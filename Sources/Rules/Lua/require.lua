-- The word require; trusted, called once. What a script returns stays in Lua, so that all who require it share
-- one value with all its keys.
local start, error = ...
local values = {}

-- Runs a script for the first time.
local function run(path, chunk)
    values[path] = chunk()
end

-- `start` has the host run the script; it says the path, or the problem where there is one.
local function require(name)
    local found = start(name)
    if found.problem then error(found.problem, 2) end
    return values[found.path]
end

return run, require
