--- Finds broken addresses, role accounts, impossible birthdays and customers who are probably there twice.

local addresses = require "addresses"
local placeholder = require "placeholder"

plugin.trait "email_problem" {
  type = "text",
  doc = "What is wrong with the e-mail address; nothing where it can be written to",
  of = function(c) return addresses.email_problem(c.email) end,
}

plugin.trait "phone_problem" {
  type = "text",
  doc = "What is wrong with the phone number; nothing where it can be called",
  of = function(c) return addresses.phone_problem(c.phone) end,
}

plugin.trait "birthday_problem" {
  type = "text",
  doc = "What is wrong with the birthday; nothing where somebody can have it",
  of = function(c) return addresses.birthday_problem(c.birthday) end,
}

plugin.trait "has_role_account" {
  type = "boolean",
  doc = "Whether the e-mail address belongs to a role such as info@, and to no person",
  of = function(c) return addresses.is_role_account(c.email) end,
}

plugin.trait "same_phone" {
  doc = "How many customers have the phone number, whatever its blanks and the 86 before it",
  of = function(c) return addresses.same.phone(c.phone) end,
  count = true,
}

plugin.trait "same_name" {
  doc = "How many customers have the name in the city",
  of = function(c) return addresses.same.name_and_city(c.name, c.city) end,
  count = true,
}

plugin.trait "same_email" {
  doc = "How many customers have the e-mail address, but for case, points and what stands behind a +",
  of = function(c) return addresses.same.email(c.email) end,
  count = true,
}

plugin.segment "likely duplicates" {
  description = "Shares the phone number, the e-mail address, or the name in a city with another customer",
  where = function(c) return c.same_phone > 1 or c.same_email > 1 or c.same_name > 1 end,
}

plugin.segment "data problems" {
  description = "Something about the address, the phone or the birthday is wrong",
  where = function(c)
    return c.email_problem ~= nil or c.phone_problem ~= nil or c.birthday_problem ~= nil
  end,
}

plugin.lint "broken-email" {
  doc = "Nothing arrives at an address that is broken.",
  customer = function(c) return addresses.email_problem(c.email) end,
}

plugin.lint "broken-phone" {
  doc = "No text arrives at a number that is broken.",
  customer = function(c) return addresses.phone_problem(c.phone) end,
}

plugin.lint "role-account" {
  level = "note",
  doc = "Several people read a role account, and none of them has consented for all.",
  customer = function(c)
    if addresses.is_role_account(c.email) then return "e-mail is a role account" end
  end,
}

plugin.lint "impossible-birthday" {
  doc = "Who greets on such a day greets nobody.",
  customer = function(c) return addresses.birthday_problem(c.birthday) end,
}

plugin.lint "same-phone" {
  level = "note",
  doc = "the same phone number, so probably one person",
  same = function(c) return addresses.same.phone(c.phone) end,
}

plugin.lint "same-name" {
  level = "note",
  doc = "the same name in the same city, so perhaps one person",
  same = function(c) return addresses.same.name_and_city(c.name, c.city) end,
}

plugin.lint "same-email" {
  level = "note",
  doc = "e-mail addresses alike but for case, points and what stands behind a +, so probably one person",
  same = function(c) return addresses.same.email(c.email) end,
}

plugin.lint "placeholder" {
  doc = "What an author meant to replace goes out to customers as it is.",
  text = placeholder,
}
