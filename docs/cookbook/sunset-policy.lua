--- A sunset for the unengaged
---
--- @description Mail that nobody opens spoils the sender's name with every mailbox. Who got ten messages and
---   neither opened, nor visited, nor ordered for a year gets a last one and then none for a year. Use
---   `segment.engaged` as the audience of what you send to everybody. Change the year and the ten.
--- @tags waking, deliverability, pause

segment "engaged" {
  description = "Opened, visited or ordered in the last year, or hardly written to so far",
  where = function(c)
    return c.message_count < 10
        or c.last_open_at >= days_ago(365)
        or c.last_event_at >= days_ago(365)
        or c.last_order_at >= days_ago(365)
  end,
}

campaign "sunset-policy" {
  description = "A last message, then a year of silence",
  audience    = ~segment.engaged,
  every       = "first monday of the month at 10:00",
  reentry     = days(365),

  journey = function(c)
    send { template = "goodbye" }
    pause(days(365))
  end,
}

local function written_to(fields)
  fields.message_count = 12
  return customer_like(fields)
end

test("who never did anything says goodbye after ten messages", function()
  expect(segment.engaged:includes(written_to {})).is(false)
  expect(simulate { campaign = "sunset-policy", customer = written_to {} }:sent "goodbye").is(true)
end)

test("any sign of life counts, and so does being new", function()
  expect(segment.engaged:includes(written_to { last_open_at = days_ago(300) })).is(true)
  expect(segment.engaged:includes(written_to { last_event_at = days_ago(10) })).is(true)
  expect(segment.engaged:includes(customer_like { message_count = 2 })).is(true)
end)
