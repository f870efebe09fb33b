segment "address-and-language" {
  where = function(c)
    if not c.email or c.language ~= "zh" then return false end
    return c.email:find("@example.cn", 1, true) ~= nil
  end,
}
