--- Public holidays, make-up workdays and festivals of mainland China.

local notices = require "notices"
local statutory = require "statutory"

local off, work = {}, {}

local function append(list, days)
  for _, day in ipairs(days) do list[#list + 1] = day end
end

for _, year in pairs(notices) do
  append(off, year.off)
  append(work, year.work)
end
for _, days in pairs(statutory) do append(off, days) end

plugin.holidays "cn" {
  doc = "Public holidays of mainland China, with make-up workdays up to 2026.",
  off = off,
  work = work,
  festivals = require "festivals",
}
