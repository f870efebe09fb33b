--- The sale opens a day earlier for the best customers.

campaign "vip-early-access" {
  description = "Early access to the year-end sale",
  audience    = segment.vip & segment.buyers,
  channels    = { "wecom", "email" },
  content     = function(c) return { favourite = c:interests()[1] } end,
  journey     = function(c) send { template = "vip-early-access" } end,
}
