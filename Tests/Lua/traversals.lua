-- Tables at random, gone over in all ways that the manual allows.
local H, lua, ours, rounds = ...
local random, pick = math.random, H.pick

local function rank(key)
    local type = type(key)
    return type == "number" and 1 or type == "string" and 2 or type == "boolean" and 3 or 4
end
local function before(a, b)
    if rank(a) ~= rank(b) then return rank(a) < rank(b) end
    if type(a) == "boolean" then return not a and b end
    return rank(a) < 4 and a < b
end

local object = {}
local function key()
    local n = random(20)
    if n <= 8 then return random(-5, 12) end
    if n <= 12 then return pick { "a", "b", "ab", "", "a\0", "a\0b", "\xff", "Z" } .. pick { "",
        random(9) } end
    if n <= 14 then return random(-3, 3) + 0.5 end
    return pick { true, false, math.maxinteger, math.mininteger, 2 ^ 53, -2 ^ 53, 1 / 0, -1 / 0, 1e300,
        0x1p63,
        2 ^ 53 + 2, 0.1, object, -0.0 }
end
local function make()
    local t = {}
    for i = 1, random(0, 6) do t[i] = i end
    for _ = 1, pick { 0, 3, 20, 60 } do t[key()] = random(100) end
    for _ = 1, random(0, 5) do t[key()] = nil end
    return t
end

-- What Lua gives, in the order of the sandbox.
local function expected(t)
    local keys = {}
    for key in next, t do keys[#keys + 1] = key end
    table.sort(keys, before)
    local out = {}
    for i, key in ipairs(keys) do out[i] = H.show(key) .. "=" .. H.show(t[key]) end
    return table.concat(out, " ")
end

local ways = {}
function ways.pairs(t, out) for k, v in ours.pairs(t) do out(k, v) end end
function ways.next(t, out) for k, v in ours.next, t do out(k, v) end end
function ways.calls(t, out)
    local k, v = ours.next(t)
    while k ~= nil do
        out(k, v)
        k, v = ours.next(t, k)
    end
end
function ways.assigning(t, out) for k, v in ours.pairs(t) do out(k, v) t[k] = v + 1 end end
function ways.assigning_with_next(t, out) for k, v in ours.next, t do out(k, v) t[k] = v + 1 end end
function ways.clearing(t, out) for k, v in ours.pairs(t) do out(k, v) t[k] = nil end end
function ways.clearing_with_next(t, out) for k, v in ours.next, t do out(k, v) t[k] = nil end end
function ways.clearing_while_another_runs(t, out)
    local other = { 1, 2, 3 }
    for k, v in ours.next, t do
        out(k, v)
        t[k] = nil
        for a in ours.next, other do if a == 2 then break end end
    end
end
function ways.nested(t, out)
    local count, inner = 0, 0
    for _ in next, t do count = count + 1 end
    for k, v in ours.next, t do
        out(k, v)
        for _ in ours.next, t do inner = inner + 1 end
    end
    assert(inner == count * count)
end
function ways.two_in_turns(t, out)
    local other = { x = 1, y = 2 }
    local a
    for k, v in ours.pairs(t) do
        out(k, v)
        a = ours.next(other, a)
    end
end
function ways.begun_again(t, out)
    for _ in ours.pairs(t) do if random(3) == 1 then break end end
    for _ in ours.next, t do if random(3) == 1 then break end end
    for k, v in ours.next, t do out(k, v) end
end
function ways.cleared_as_a_whole_midway(t, out)
    -- Nothing that was cleared comes.
    for k, v in ours.pairs(t) do
        for other in next, t do t[other] = nil end
        t = t
    end
end

local names = {}
for name in next, ways do names[#names + 1] = name end
table.sort(names)

for i = 1, rounds do
    math.randomseed(i)
    local t, name = make(), pick(names)
    local lua_gives, got = name .. " " .. expected(t), {}
    local ok, message = pcall(ways[name], t, function(k, v) got[#got + 1] = H.show(k) .. "=" .. H.show(v) end)
    if name == "cleared_as_a_whole_midway" then lua_gives = name .. " " end
    H.note("round " .. i, lua_gives, name .. " " .. table.concat(got, " ") .. (ok and "" or
        tostring(message)))
end

-- Every key has a successor, from wherever one begins.
local many = {}
for i = 1, 5000 do many[i], many["k" .. i] = i, i end
local t = make()
local order = {}
for k in ours.pairs(t) do order[#order + 1] = k end
for _ = 1, 200 do
    local at = random(0, #order)
    H.note("the successor of a key", H.show(order[at + 1]), H.show((ours.next(t, order[at]))))
end
local count, last = 0, nil
for k in ours.next, many do
    count = count + 1
    if last ~= nil then assert(before(last, k)) end
    last = k
end
H.note("10,000 keys", "10000", tostring(count))
H.note("an empty table", "nil", H.show((ours.next {})))
