campaign "gifts" {
  audience = function(c) return true end,
  before = { "spring-festival", days(7), at = "10:00" },
  reentry = days(1),
  journey = function(c) task { title = "gifts" } end,
}

campaign "cakes" {
  audience = function(c) return true end,
  before = { "mid-autumn" },
  journey = function(c) task { title = "cakes" } end,
}

-- How many tasks a campaign gives to colleagues in so many days from a day on.
local function tasks(campaign, from, days)
  local story = simulate { campaign = campaign, customer = customer_like {}, from = date(from), days = days }
  return #story:tasks()
end

test("a campaign begins so many days before the festival of each year", function()
  expect(tasks("gifts", "2026-02-09", 1)).is(0)
  expect(tasks("gifts", "2026-02-10", 1)).is(1)
  expect(tasks("gifts", "2026-02-11", 300)).is(0)
  expect(tasks("gifts", "2027-01-30", 1)).is(1)
end)

test("a campaign without a span before the festival begins on its day", function()
  expect(tasks("cakes", "2026-09-24", 1)).is(0)
  expect(tasks("cakes", "2026-09-25", 1)).is(1)
end)
