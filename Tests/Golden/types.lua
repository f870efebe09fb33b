---@meta

-- The types of this workspace for lua-language-server, made by `moonletter types`; do not edit.
-- Make it anew where scripts define other traits, or the data has other attributes.

-- Names and plain values

---An instant: Unix seconds, UTC.
---@alias Time number

---How long something takes, in seconds: days(3).
---@alias Span number

---A day, YYYY-MM-DD.
---@alias Day string

---A way to reach a customer.
---@alias Channel "email"|"sms"|"wecom"

---What a customer does with a message.
---@alias Reaction "open"|"click"|"buy"|"unsubscribe"|"complaint"|"bounce"

---Why a message was not sent, or sent later.
---@alias Reason "erased"|"goal_met"|"exit_rule"|"no_address"|"no_language"|"hard_bounce"|"complaint"|"suppressed"|"no_consent"|"consent_withdrawn"|"unsubscribed"|"missing_value"|"too_long"|"aborted"|"paused"|"holdout"|"duplicate"|"quiet_hours"|"send_window"|"best_hour"|"frequency_cap"|"budget"|"expired"|"error"

---Something that can happen.
---@alias EventName string
---| "delivered"
---| "open"
---| "click"
---| "bounce"
---| "complaint"
---| "unsubscribe"
---| "order"
---| "feedback"
---| "registered"
---| "tag"
---| "cart"
---| "page_view"
---| "login"
---| "download"

---The name of a message.
---@alias TemplateName string
---| "birthday" # email
---| "cart-reminder" # email, sms
---| "post-purchase-survey" # email
---| "vip-early-access" # email, wecom
---| "welcome" # email, wecom
---| "win-back" # email, sms

---The name of a campaign.
---@alias CampaignName string
---| "birthday" # Birthday wishes with a gift
---| "call after click" # A call for those who clicked the voucher and bought nothing for two days
---| "cart-reminder" # The cart is still there
---| "complaint ticket" # A ticket for the service, and three months without marketing
---| "post-purchase-survey" # One question about the latest order
---| "vip-early-access" # Early access to the year-end sale
---| "welcome" # A greeting after registration
---| "win-back" # A voucher for dormant customers

---A tag of customers.
---@alias TagName string

-- A customer

---A customer, as rules read it; any field may be missing.
---@class (exact) Customer
---@field id integer The customer's number in this workspace.
---@field external_id? string The customer's id in the system the data came from.
---@field name? string Full name, as given, or else made of the two parts in the order of their script.
---@field first_name? string Given name.
---@field last_name? string Family name.
---@field email? string E-mail address.
---@field phone? string Phone number, digits with an optional leading +.
---@field wecom_id? string Id of the customer's WeCom (企业微信) contact.
---@field gender? ("female"|"male"|"other") Gender as given: female, male or other.
---@field birthday? Day Date of birth, YYYY-MM-DD.
---@field language? string Preferred language, as a tag such as zh or en-GB.
---@field company? string Company.
---@field industry? string Industry of the company.
---@field country? string Country.
---@field region? string Province, state or region.
---@field city? string City.
---@field time_zone? string IANA time zone, such as Asia/Shanghai.
---@field preferred_channel? ("email"|"sms"|"wecom") The channel the customer asked for.
---@field level? string Membership level.
---@field source? string Where the customer came from: store, website, fair.
---@field owner? string The colleague who looks after the customer.
---@field registered_at? Time When the customer registered.
---@field erased_at? Time When the customer's data was erased at their request.
---@field order_count integer Number of purchases.
---@field total_spent number Sum of all purchases.
---@field item_count number Number of items bought.
---@field first_order_at? Time Time of the first purchase.
---@field last_order_at? Time Time of the latest purchase.
---@field largest_order? number Amount of the largest purchase.
---@field event_count integer Number of events (visits, carts, logins, …).
---@field last_event_at? Time Time of the latest event.
---@field last_cart_at? Time Time of the latest cart event.
---@field message_count integer Number of messages sent to the customer.
---@field last_message_at? Time Time of the latest message.
---@field open_count integer Number of messages opened.
---@field click_count integer Number of messages clicked.
---@field last_open_at? Time Time of the latest open.
---@field last_click_at? Time Time of the latest click.
---@field last_contact_at? Time Time of the latest call, meeting or mail.
---@field feedback_count integer Number of answers to surveys.
---@field last_feedback_at? Time Time of the latest answer.
---@field points integer Balance of loyalty points.
---@field open_task_count integer Number of tasks not done yet.
---@field contract_end? Day When the company's contract ends.
---@field newsletter_topic? string What the customer wants to read about.
---@field shoe_size? integer Shoe size, European.
---@field orders Orders The customer's orders, of every status, oldest first.
---@field events Events What the customer did: visits, carts, logins, downloads, oldest first.
---@field messages Messages Messages sent to the customer, oldest first.
---@field feedback Feedback Scores and comments that the customer gave, oldest first.
---@field tasks Tasks Sales tasks about the customer, oldest first.
local Customer = {}

---Whether the customer has the tag.
---
---```lua
---c:has_tag "VIP"
---```
---@param tag TagName
---@return boolean
function Customer:has_tag(tag) end

---Whether the customer has the interest.
---
---```lua
---c:likes "outdoor"
---```
---@param interest string
---@return boolean
function Customer:likes(interest) end

---The customer's interests as a list, strongest first.
---
---```lua
---c:interests()[1]
---```
---@return string[]
function Customer:interests() end

---The category, the brand or the name that most of the customer's purchased items have; of equal ones, what was bought last.
---
---```lua
---c:favourite "category"
---```
---@param property "category"|"brand"|"name"
---@return string?
function Customer:favourite(property) end

---Whether the customer agreed to marketing on the channel and has not taken it back.
---
---```lua
---c:consents_to "email"
---```
---@param channel Channel
---@return boolean
function Customer:consents_to(channel) end

---Whether the next birthday is today or at most so long after today, in whole days; 29 February counts as 28 February in other years.
---
---```lua
---c:birthday_within(days(3))
---```
---@param span Span a span such as days(3)
---@return boolean
function Customer:birthday_within(span) end

-- What belongs to a customer

---A line of an order.
---@class (exact) Item
---@field sku? string SKU.
---@field name? string Name of the product.
---@field category? string Category of the product.
---@field quantity? number How many.
---@field amount? number What the line cost.

---One row of `c.orders`.
---@class (exact) Order
---@field number? string Order number.
---@field placed_at? Time When it was placed.
---@field amount? number What was paid.
---@field currency? string Currency of the amount.
---@field item_count? number Number of items.
---@field status? ("pending"|"paid"|"shipped"|"completed"|"cancelled"|"refunded") Where the order stands.
---@field source? string Shop, site or app that took the order.
---@field coupon? string Coupon used.
---@field id? integer Number of the order in this workspace.
---@field items Item[] The lines of the order.

---What `c.orders:where` compares.
---@class (exact) OrderFields
---@field number? string Order number.
---@field placed_at? Time When it was placed.
---@field amount? number What was paid.
---@field currency? string Currency of the amount.
---@field item_count? number Number of items.
---@field status? ("pending"|"paid"|"shipped"|"completed"|"cancelled"|"refunded") Where the order stands.
---@field source? string Shop, site or app that took the order.
---@field coupon? string Coupon used.
---@field id? integer Number of the order in this workspace.
---@field category? string Category of one of its items.
---@field sku? string SKU of one of its items.
---@field product? string Name of one of its items.

---The customer's orders, of every status, oldest first.
---@class (exact) Orders
local Orders = {}

---only rows at or after a time; behind `opened` and the like, only such events
---
---```lua
---c.orders:since(days_ago(30))
---```
---@param time Time?
---@return Orders
function Orders:since(time) end

---only rows before a time, likewise
---
---```lua
---c.orders:before(date "2026-01-01")
---```
---@param time Time?
---@return Orders
function Orders:before(time) end

---only rows with exactly these values
---
---```lua
---c.orders:where { status = "paid" }
---```
---@param fields OrderFields a table such as { status = "paid" }
---@return Orders
function Orders:where(fields) end

---how many rows there are
---
---```lua
---c.orders:count()
---```
---@return integer
function Orders:count() end

---whether there is a row
---
---```lua
---c.orders:any()
---```
---@return boolean
function Orders:any() end

---the sum of a numeric field; 0 where there is no row
---
---```lua
---c.orders:sum "amount"
---```
---@param field "amount"|"item_count"|"id"
---@return number
function Orders:sum(field) end

---the first row by time, or nothing
---
---```lua
---c.orders:first().placed_at
---```
---@return Order?
function Orders:first() end

---the last row by time, or nothing
---
---```lua
---c.orders:last().amount
---```
---@return Order?
function Orders:last() end

---all rows by time, as a list
---
---```lua
---c.orders:list()[1]
---```
---@return Order[]
function Orders:list() end

---Only orders that count as a purchase: paid, shipped or completed.
---@return Orders
function Orders:purchased() end

---One row of `c.events`.
---@class (exact) Event
---@field type? string page_view, cart, login, download, …
---@field occurred_at? Time When it happened.
---@field product? string Name of the product concerned.
---@field sku? string SKU of the product concerned.
---@field category? string Category concerned.
---@field url? string Page.

---What `c.events:where` compares.
---@class (exact) EventFields
---@field type? string page_view, cart, login, download, …
---@field occurred_at? Time When it happened.
---@field product? string Name of the product concerned.
---@field sku? string SKU of the product concerned.
---@field category? string Category concerned.
---@field url? string Page.

---What the customer did: visits, carts, logins, downloads, oldest first.
---@class (exact) Events
local Events = {}

---only rows at or after a time; behind `opened` and the like, only such events
---@param time Time?
---@return Events
function Events:since(time) end

---only rows before a time, likewise
---@param time Time?
---@return Events
function Events:before(time) end

---only rows with exactly these values
---@param fields EventFields a table such as { status = "paid" }
---@return Events
function Events:where(fields) end

---how many rows there are
---@return integer
function Events:count() end

---whether there is a row
---@return boolean
function Events:any() end

---the first row by time, or nothing
---@return Event?
function Events:first() end

---the last row by time, or nothing
---@return Event?
function Events:last() end

---all rows by time, as a list
---@return Event[]
function Events:list() end

---One row of `c.messages`.
---@class (exact) Message
---@field campaign? string Campaign that sent it.
---@field step? string Step of the campaign.
---@field channel? ("email"|"sms"|"wecom") Channel.
---@field subject? string Subject line.
---@field sent_at? Time When it was sent.
---@field kind? ("marketing"|"transactional") What it was for.

---What `c.messages:where` compares.
---@class (exact) MessageFields
---@field campaign? string Campaign that sent it.
---@field step? string Step of the campaign.
---@field channel? ("email"|"sms"|"wecom") Channel.
---@field subject? string Subject line.
---@field sent_at? Time When it was sent.
---@field kind? ("marketing"|"transactional") What it was for.

---Messages sent to the customer, oldest first.
---@class (exact) Messages
local Messages = {}

---only rows at or after a time; behind `opened` and the like, only such events
---@param time Time?
---@return Messages
function Messages:since(time) end

---only rows before a time, likewise
---@param time Time?
---@return Messages
function Messages:before(time) end

---only rows with exactly these values
---@param fields MessageFields a table such as { status = "paid" }
---@return Messages
function Messages:where(fields) end

---how many rows there are
---@return integer
function Messages:count() end

---whether there is a row
---@return boolean
function Messages:any() end

---the first row by time, or nothing
---@return Message?
function Messages:first() end

---the last row by time, or nothing
---@return Message?
function Messages:last() end

---all rows by time, as a list
---@return Message[]
function Messages:list() end

---Only messages that were opened; a `since` or `before` after it is about the opening.
---@return Messages
function Messages:opened() end

---Only messages in which a link was clicked; a `since` or `before` after it is about the click.
---@return Messages
function Messages:clicked() end

---Only messages that arrived; a `since` or `before` after it is about the arrival.
---@return Messages
function Messages:delivered() end

---One row of `c.feedback`.
---@class (exact) Answer
---@field survey? string Survey that was answered.
---@field score? number Score given.
---@field comment? string What the customer wrote.
---@field given_at? Time When it was given.

---What `c.feedback:where` compares.
---@class (exact) AnswerFields
---@field survey? string Survey that was answered.
---@field score? number Score given.
---@field comment? string What the customer wrote.
---@field given_at? Time When it was given.

---Scores and comments that the customer gave, oldest first.
---@class (exact) Feedback
local Feedback = {}

---only rows at or after a time; behind `opened` and the like, only such events
---@param time Time?
---@return Feedback
function Feedback:since(time) end

---only rows before a time, likewise
---@param time Time?
---@return Feedback
function Feedback:before(time) end

---only rows with exactly these values
---@param fields AnswerFields a table such as { status = "paid" }
---@return Feedback
function Feedback:where(fields) end

---how many rows there are
---@return integer
function Feedback:count() end

---whether there is a row
---@return boolean
function Feedback:any() end

---the sum of a numeric field; 0 where there is no row
---@param field "score"
---@return number
function Feedback:sum(field) end

---the first row by time, or nothing
---@return Answer?
function Feedback:first() end

---the last row by time, or nothing
---@return Answer?
function Feedback:last() end

---all rows by time, as a list
---@return Answer[]
function Feedback:list() end

---One row of `c.tasks`.
---@class (exact) Task
---@field title? string What is to be done.
---@field owner? string Who does it.
---@field due_at? Time When it is due.
---@field created_at? Time When it was made.
---@field status? ("open"|"done"|"cancelled") Whether it is done.

---What `c.tasks:where` compares.
---@class (exact) TaskFields
---@field title? string What is to be done.
---@field owner? string Who does it.
---@field due_at? Time When it is due.
---@field created_at? Time When it was made.
---@field status? ("open"|"done"|"cancelled") Whether it is done.

---Sales tasks about the customer, oldest first.
---@class (exact) Tasks
local Tasks = {}

---only rows at or after a time; behind `opened` and the like, only such events
---@param time Time?
---@return Tasks
function Tasks:since(time) end

---only rows before a time, likewise
---@param time Time?
---@return Tasks
function Tasks:before(time) end

---only rows with exactly these values
---@param fields TaskFields a table such as { status = "paid" }
---@return Tasks
function Tasks:where(fields) end

---how many rows there are
---@return integer
function Tasks:count() end

---whether there is a row
---@return boolean
function Tasks:any() end

---the first row by time, or nothing
---@return Task?
function Tasks:first() end

---the last row by time, or nothing
---@return Task?
function Tasks:last() end

---all rows by time, as a list
---@return Task[]
function Tasks:list() end

-- Tables that words take or give

---When messages may go out, on the customer's clock.
---@class (exact) SendWindow
---@field from string The first minute, such as "10:00".
---@field to string The first minute after it, such as "18:00".
---@field weekdays? (boolean|string[]) true for workdays, or a list of names such as { "monday", "friday" }; every day unless given.

---A change of who is in a segment; one of the two.
---@class (exact) SegmentChange
---@field enters? Segment Customers who begin to be in it.
---@field leaves? Segment Customers who are no longer in it.

---A day of each year.
---@class (exact) Anniversary
---@field [1] ("birthday"|"registered_at"|"erased_at"|string) The field with the date, or the name of a festival of a plugin's calendar.
---@field [2] Span? How long before, in whole days; on the day itself unless given.
---@field at? string The time of that day; "9:00" unless given.

---An event that is about one thing.
---@class (exact) EventChoice
---@field [1] "tag" That a customer gets a tag.
---@field [2] TagName The tag.

---How a customer came into a campaign, which its journey and its content get behind the customer.
---@class (exact) Entry
---@field at Time When.
---@field variant? string The way it is told in, of those in `variants`.
---@field event? CustomerEvent What happened, where `on` says what customers enter by.

---Something that happened to a customer: what `wait_for` gives, and what follow-ups get behind the customer.
---@class (exact) CustomerEvent
---@field name EventName What it is called: click, order, cart.
---@field at Time When it happened.
---@field source? string Of registered: where the customer came from.
---@field campaign? string Of a message: the campaign that sent it.
---@field step? string Of a message: the step of the campaign.
---@field channel? string Of a message: the channel.
---@field type? string Of a message: what happened to it, as it was recorded.
---@field url? string The link that was clicked, or the page.
---@field product? string Name of the product concerned.
---@field sku? string SKU of the product concerned.
---@field category? string Category concerned.
---@field number? string Of an order: its number.
---@field amount? number Of an order: what was paid.
---@field status? string Of an order: where it stands.
---@field survey? string Of feedback: the survey.
---@field score? number Of feedback: the score given.
---@field comment? string Of feedback: what the customer wrote.
---@field subject? string Of a call, a mail, a meeting: what it was about.
---@field owner? string Of the same: the colleague who took part.
---@field tag? string Of tag: the tag.

---A message that is sent, of which a response is asked.
---@class (exact) SentMessage
---@field campaign string The campaign that sends it.
---@field step TemplateName The step of the campaign: its template.
---@field channel Channel The channel.
---@field at Time When it is sent.

---How people respond to a message: shares from 0 to 1 of all who get it; 0 unless given.
---@class (exact) Rates
---@field open? number Those who open it.
---@field click? number Those who click in it, and so open it.
---@field buy? number Those who buy after it, and so click.
---@field unsubscribe? number Those who unsubscribe from the channel.
---@field complaint? number Those who report it as spam.
---@field bounce? number Those whose address takes none, for good.
---@field after? Span The median time from the sending to the opening.

---A message that a journey asked for in a test.
---@class (exact) AskedMessage
---@field template TemplateName The template.
---@field campaign string The campaign.
---@field channel? Channel The channel; missing where none was found.
---@field at Time When it was sent, or was to be.
---@field subject? string The subject line.
---@field outcome ("sent"|"held_out"|"skipped"|"exited"|"failed"|"held") What became of it.
---@field reason? Reason Why it was not sent; missing where it was.

---A task or a ticket that a journey made in a test.
---@class (exact) StoryTask
---@field title? string What is to be done.
---@field owner? string Who does it.
---@field due? Time When it is due.
---@field at Time When it was made.

---Something else that happened in a test.
---@class (exact) StoryEvent
---@field word string What happened: enter, open, click, order, award, set, note.
---@field subject? string What it is about: the tag, the field, the note.
---@field campaign string The campaign.
---@field at Time When.

---A product that is recommended.
---@class (exact) Product
---@field sku? string SKU.
---@field name? string Name of the product.
---@field category? string Category of the product.
---@field brand? string Brand of the product.
---@field price? number What it costs.
---@field url? string Its page.
---@field reason? ("bought_together"|"interest"|"best_seller") Why it is recommended.

-- Segments

---A segment, or a combination of several.
---@class (exact) Segment
---@operator band(Segment): Segment
---@operator bor(Segment): Segment
---@operator sub(Segment): Segment
---@operator bnot: Segment
local Segment = {}

---Whether the customer is in the segment.
---
---```lua
---segment.buyers:includes(c)
---```
---@param c Customer
---@return boolean
function Segment:includes(c) end

---What the table of `segment` may have.
---@class (exact) SegmentSettings
---@field description? string One sentence for reports and help.
---@field where (Segment|fun(c: Customer): boolean?) Who is in it: a function(c) that answers true or false, or a combination of segments.

---Defines a segment, a named predicate over customers; segment.NAME is a segment defined anywhere.
---@class (exact) SegmentWord
---@operator call(string): fun(settings: SegmentSettings): Segment
---@field ["birthday soon"] Segment Birthday today or in the next three days
---@field ["bought a week ago"] Segment Latest purchase 7 to 10 days ago, not asked since
---@field buyers Segment Bought at least once
---@field complained Segment Gave a score of 3 or less in the last half year
---@field dormant Segment Bought before, nothing for 90 days, opened nothing for 30
---@field ["left a cart"] Segment Put something in the cart 4 to 72 hours ago and ordered nothing since
---@field newcomers Segment Registered in the last two days
---@field vip Segment Tagged VIP, or among those who spent most
---@field [string] Segment

---@type SegmentWord
segment = {}

-- Words

---What the table of `campaign` may have.
---@class (exact) CampaignSettings
---@field description? string One sentence for reports and help.
---@field audience (Segment|fun(c: Customer): boolean?) Who gets it: a segment, a combination of segments, or a function(c).
---@field at? string Customers enter once, at a time such as "2026-12-01 10:00".
---@field every? string Customers enter again and again, on a schedule such as "monday at 10:00".
---@field on? (EventName|EventChoice) Customers enter each time that something happens: "click", or { "tag", "VIP" }.
---@field before? Anniversary Customers enter each year before a date of theirs, { "birthday", days(3), at = "9:00" }, or all before a festival of a plugin's calendar, { "spring-festival", days(7) }.
---@field when? (Segment|SegmentChange) Customers enter when they begin to be in a segment: segment.vip, or { leaves = segment.vip }.
---@field journey fun(c: Customer, entry: Entry) What happens to who enters: a function(c) of steps such as send and wait.
---@field content? fun(c: Customer, entry: Entry): table? What templates see as well: a function(c) that gives a table.
---@field channels? Channel[] The channels it may use, the most wanted first; all unless given.
---@field kind? ("marketing"|"transactional") marketing, or transactional, to which consent, holdout, windows and caps do not apply.
---@field priority? integer Of campaigns that want the same place under a cap, the highest goes first.
---@field holdout? number The share of people, 0 to 1, who are kept without messages to compare with.
---@field variants? table<string, number> The ways it is told in, drawn by weight: { short = 1, long = 3 }.
---@field reentry? Span After what span the same person may enter again; never unless given.
---@field goal? fun(c: Customer, entered_at: Time): boolean? Whether a customer has done what it is for: a function(c, entered_at).
---@field exit_when? fun(c: Customer, entered_at: Time): boolean? Whether a customer leaves it early: a function(c, entered_at).
---@field send_window? SendWindow When its messages may go out: { from = "10:00", to = "18:00", weekdays = true }.
---@field best_hour? boolean Whether a message waits for the hour in which the customer opens most.
---@field over_cap? ("skip"|"defer"|"switch") What becomes of a message over the frequency cap: skip, defer or switch.
---@field max_age? Span How long a message may wait for a window or the cap; days(2) unless given.
---@field limit? integer How many customers may enter in a run.
---@field budget? number What its messages may cost in a run.

---Defines a campaign: who gets which messages.
---
---```lua
---campaign "thanks" { audience = segment.buyers, journey = function(c) send { template = "thanks" } end }
---```
---@param name string
---@return fun(settings: CampaignSettings)
function campaign(name) end

---What the table of `follow_up` may have.
---@class (exact) FollowUpSettings
---@field description? string One sentence for reports and help.
---@field on (EventName|EventChoice) What it follows: an event such as "feedback", or { "tag", "VIP" }.
---@field where? fun(c: Customer, event: CustomerEvent): boolean? Which events are meant: a function(c, event) that answers true or false.
---@field delay? Span How long after the event the action comes: a span such as hours(1).
---@field unless? fun(c: Customer, event: CustomerEvent): boolean? What makes the action needless: a function(c, event) that is asked after the delay.
---@field action fun(c: Customer, event: CustomerEvent) What is done: a function(c, event) of steps such as task and send.
---@field content? fun(c: Customer, event: CustomerEvent): table? What templates see as well: a function(c, event) that gives a table.
---@field channels? Channel[] The channels it may use, the most wanted first; all unless given.
---@field kind? ("marketing"|"transactional") marketing, or transactional, to which consent, holdout, windows and caps do not apply.
---@field priority? integer Of campaigns that want the same place under a cap, the highest goes first.
---@field send_window? SendWindow When its messages may go out: { from = "10:00", to = "18:00", weekdays = true }.
---@field best_hour? boolean Whether a message waits for the hour in which the customer opens most.
---@field over_cap? ("skip"|"defer"|"switch") What becomes of a message over the frequency cap: skip, defer or switch.
---@field max_age? Span How long a message may wait for a window or the cap; days(2) unless given.
---@field limit? integer How many customers may enter in a run.
---@field budget? number What its messages may cost in a run.

---Defines what follows an event of a customer, after a delay, unless something happened.
---
---```lua
---follow_up "low score" { on = "feedback", where = function(c, event) return event.score <= 3 end, action = function(c, event) ticket { title = "Unhappy: " .. c.name, due = hours(2) } end }
---```
---@param name string
---@return fun(settings: FollowUpSettings)
function follow_up(name) end

---What the table of `trait` may have.
---@class (exact) TraitSettings
---@field doc? string One sentence for help, completion and reports.
---@field type? ("text"|"number"|"integer"|"boolean"|"money"|"date"|"time") text, number, integer, boolean, money, date or time; found out from its values unless given.
---@field values? string[] The texts it can be; any other is an error.
---@field of (fun(c: Customer): string|number|boolean|nil) A function(c) that gives a text, a number, true, false or nothing.
---@field among? (Segment|fun(c: Customer): boolean?) Whom its rank, quantiles, share or count is among; everybody who is not erased unless given.
---@field rank? (boolean|table) 1, 2, 3 … among all: true, or { order = "desc", ties = "first" }; ties may be "min" and "dense" too.
---@field quantiles? (integer|table) The part of all that the value lies in, from 1: 5, or { parts = 5, by = "value" or "rank", closed = "right" or "left", offset = 0, order = "asc" }.
---@field share? boolean true: the value divided by the sum of all.
---@field count? boolean true: how many customers have the value, which may be a text; 1 where nobody shares it.

---Defines a field of customers: every rule reads c.NAME, every template {{ customer.NAME }}.
---
---```lua
---trait "stage" { values = { "lead", "buyer" }, of = function(c) return c.order_count > 0 and "buyer" or "lead" end }
---```
---@param name string
---@return fun(settings: TraitSettings)
function trait(name) end

---What the table of `model` may have.
---@class (exact) ModelSettings
---@field doc? string One sentence for help, completion and reports.
---@field among? (Segment|fun(c: Customer): boolean?) Whose rows there are; those of everybody who is not erased unless given.
---@field of fun(c: Customer): table<string, number>? A function(c) that gives a row of numbers by name, or nothing.
---@field fit fun(rows: table): table<string, number> A function(rows) that gives numbers by name; rows.x[i] is the x of a row, rows.count says how many there are.

---Defines numbers that are made of all customers at once; every rule reads them as model.NAME.x.
---
---```lua
---model "basket" { of = function(c) if c.order_count > 0 then return { spent = c.total_spent } end end, fit = function(rows) local sum = 0 for i = 1, rows.count do sum = sum + rows.spent[i] end return { mean = sum / rows.count } end }
---```
---@param name string
---@return fun(settings: ModelSettings)
function model(name) end

---What the table of `response` may have.
---@class (exact) ResponseSettings
---@field description? string One sentence for reports and help.
---@field rates fun(c: Customer, message: SentMessage): Rates A function(c, message) that gives shares of those who open, click, buy and so on.

---Defines how people respond in dry-run --assume NAME: rates is asked about each message that is sent and gives the shares open, click, buy, unsubscribe, complaint and bounce, and after, the median time to the opening. The message has campaign, step, channel and at, and is among c.messages already.
---
---```lua
---response "eager" { rates = function(c, message) return { open = message.channel == "sms" and 0.9 or 0.4, click = 0.1, after = hours(3) } end }
---```
---@param name string
---@return fun(settings: ResponseSettings)
function response(name) end

---What another script of the same scripts folder returns; it runs once.
---
---```lua
---local prices = require "lib.prices"
---```
---@param name string
---@return any
function require(name) end

---The virtual time of the run.
---
---```lua
---c.last_order_at < now() - days(90)
---```
---@return Time
function now() end

---Midnight of the current day in the workspace's time zone.
---
---```lua
---c.orders:since(today()):any()
---```
---@return Time
function today() end

---A span of n minutes, in seconds.
---
---```lua
---now() - minutes(30)
---```
---@param n number
---@return Span
function minutes(n) end

---A span of n hours, in seconds.
---
---```lua
---now() - hours(24)
---```
---@param n number
---@return Span
function hours(n) end

---A span of n days, in seconds.
---
---```lua
---c:birthday_within(days(3))
---```
---@param n number
---@return Span
function days(n) end

---The time n days before now.
---
---```lua
---c.last_order_at < days_ago(90)
---```
---@param n number
---@return Time
function days_ago(n) end

---The time of 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM' in the workspace's time zone; missing stays missing.
---
---```lua
---c.registered_at >= date "2026-11-11"
---```
---@param text string?
---@return Time?
function date(text) end

---A list of at most n products, with sku, name, category, brand, price, url and reason: bought together with what the customer bought, then best sellers of the customer's interests, then best sellers; never what was bought in the last 30 days or with the last order.
---
---```lua
---content = function(c) return { products = recommend(c, 3) } end
---```
---@param c Customer
---@param n number how many products, such as 3
---@return Product[]
function recommend(c, n) end

---What the table of `send` may have.
---@class (exact) SendSettings
---@field template TemplateName The name of the message.
---@field channel? Channel The channel; the customer's own unless given.
---@field best_hour? boolean Whether a message waits for the hour in which the customer opens most.

---Asks for a message from a template, by the given channel, or else the customer's preferred one, or else the one on which they answer most; gives whether it was sent. Goes on when that is decided, which may be after a wait for the send window or, with best_hour, for the hour in which they open most.
---
---```lua
---send { template = "win-back" }
---```
---@param settings SendSettings
---@return boolean
function send(settings) end

---Goes on after a span.
---
---```lua
---wait(days(3))
---```
---@param span Span a span such as days(3)
function wait(span) end

---Goes on at a time; at once where that is over.
---
---```lua
---wait_until(date "2026-12-24 10:00")
---```
---@param time Time?
function wait_until(time) end

---Goes on when something happens, and gives the event; after the span it gives nothing. What happens to messages is meant of the journey's last one, from its sending on, all else from now on.
---
---```lua
---if wait_for("click", days(3)) then tag "interested" end
---```
---@param event EventName the name of an event such as "click"
---@param span Span?
---@return CustomerEvent?
function wait_for(event, span) end

---Gives the customer a tag.
---
---```lua
---tag "interested"
---```
---@param text TagName a tag
function tag(text) end

---Takes a tag from the customer.
---
---```lua
---untag "interested"
---```
---@param text TagName a tag
function untag(text) end

---Gives a field of the customer another value: a column or a custom attribute; nil takes the value away.
---
---```lua
---set("level", "gold")
---```
---@param field string
---@param value any
function set(field, value) end

---What the table of `task` may have.
---@class (exact) TaskSettings
---@field title string What is to be done.
---@field owner? string Who does it.
---@field due? Span The span in which it is to be done, such as hours(24).

---Gives a colleague something to do; `due` is a span from now.
---
---```lua
---task { title = "Call " .. c.name, owner = c.owner, due = hours(24) }
---```
---@param settings TaskSettings
function task(settings) end

---What the table of `ticket` may have.
---@class (exact) TicketSettings
---@field title string What is to be done.
---@field owner? string Who does it.
---@field due? Span The span in which it is to be done, such as hours(24).

---Opens a ticket for the service; `due` is a span from now.
---
---```lua
---ticket { title = "Unhappy: " .. c.name, due = hours(2) }
---```
---@param settings TicketSettings
function ticket(settings) end

---Gives the customer loyalty points; takes them where negative.
---
---```lua
---award(100, "birthday")
---```
---@param points number a whole number of points
---@param reason string?
function award(points, reason) end

---Keeps marketing messages of every campaign from the customer for a span.
---
---```lua
---pause(days(90))
---```
---@param span Span a span such as days(3)
function pause(span) end

---Ends the journey.
---
---```lua
---exit("bought elsewhere")
---```
---@param reason string?
function exit(reason) end

---Writes a sentence into the customer's story.
---
---```lua
---note("liked the autumn mail")
---```
---@param text string
function note(text) end

-- Tests

---A line of an order as `customer_like` takes it.
---@class (exact) ItemLike
---@field sku? string SKU.
---@field name? string Name of the product.
---@field category? string Category of the product.
---@field quantity? number How many.
---@field amount? number What the line cost.

---One of `orders` as `customer_like` takes it.
---@class (exact) OrderLike
---@field at Time When it happened.
---@field number? string Order number.
---@field amount? number What was paid.
---@field currency? string Currency of the amount.
---@field item_count? number Number of items.
---@field status? ("pending"|"paid"|"shipped"|"completed"|"cancelled"|"refunded") Where the order stands.
---@field source? string Shop, site or app that took the order.
---@field coupon? string Coupon used.
---@field items? ItemLike[] The lines; amount and number of items of the order follow from them.

---One of `events` as `customer_like` takes it.
---@class (exact) EventLike
---@field at Time When it happened.
---@field type string page_view, cart, login, download, …
---@field product? string Name of the product concerned.
---@field sku? string SKU of the product concerned.
---@field category? string Category concerned.
---@field url? string Page.

---One of `messages` as `customer_like` takes it.
---@class (exact) MessageLike
---@field at Time When it happened.
---@field campaign? string Campaign that sent it.
---@field step? string Step of the campaign.
---@field channel? ("email"|"sms"|"wecom") Channel.
---@field subject? string Subject line.
---@field kind? ("marketing"|"transactional") What it was for.
---@field delivered? Time When that happened.
---@field opened? Time When that happened.
---@field clicked? Time When that happened.
---@field bounced? Time When that happened.
---@field complained? Time When that happened.
---@field unsubscribed? Time When that happened.

---One of `feedback` as `customer_like` takes it.
---@class (exact) AnswerLike
---@field at Time When it happened.
---@field survey? string Survey that was answered.
---@field score? number Score given.
---@field comment? string What the customer wrote.

---One of `tasks` as `customer_like` takes it.
---@class (exact) TaskLike
---@field at Time When it happened.
---@field title string What is to be done.
---@field owner? string Who does it.
---@field due_at? Time When it is due.
---@field status? ("open"|"done"|"cancelled") Whether it is done.

---What `customer_like` takes.
---@class (exact) CustomerLike
---@field external_id? (string|false) The customer's id in the system the data came from.
---@field name? (string|false) Full name, as given, or else made of the two parts in the order of their script.
---@field first_name? (string|false) Given name.
---@field last_name? (string|false) Family name.
---@field email? (string|false) E-mail address.
---@field phone? (string|false) Phone number, digits with an optional leading +.
---@field wecom_id? (string|false) Id of the customer's WeCom (企业微信) contact.
---@field gender? ("female"|"male"|"other"|false) Gender as given: female, male or other.
---@field birthday? (Day|false) Date of birth, YYYY-MM-DD.
---@field language? (string|false) Preferred language, as a tag such as zh or en-GB.
---@field company? (string|false) Company.
---@field industry? (string|false) Industry of the company.
---@field country? (string|false) Country.
---@field region? (string|false) Province, state or region.
---@field city? (string|false) City.
---@field time_zone? (string|false) IANA time zone, such as Asia/Shanghai.
---@field preferred_channel? ("email"|"sms"|"wecom"|false) The channel the customer asked for.
---@field level? (string|false) Membership level.
---@field source? (string|false) Where the customer came from: store, website, fair.
---@field owner? (string|false) The colleague who looks after the customer.
---@field registered_at? (Time|false) When the customer registered.
---@field erased_at? (Time|false) When the customer's data was erased at their request.
---@field order_count? (integer|false) Number of purchases.
---@field total_spent? (number|false) Sum of all purchases.
---@field item_count? (number|false) Number of items bought.
---@field first_order_at? (Time|false) Time of the first purchase.
---@field last_order_at? (Time|false) Time of the latest purchase.
---@field largest_order? (number|false) Amount of the largest purchase.
---@field event_count? (integer|false) Number of events (visits, carts, logins, …).
---@field last_event_at? (Time|false) Time of the latest event.
---@field last_cart_at? (Time|false) Time of the latest cart event.
---@field message_count? (integer|false) Number of messages sent to the customer.
---@field last_message_at? (Time|false) Time of the latest message.
---@field open_count? (integer|false) Number of messages opened.
---@field click_count? (integer|false) Number of messages clicked.
---@field last_open_at? (Time|false) Time of the latest open.
---@field last_click_at? (Time|false) Time of the latest click.
---@field last_contact_at? (Time|false) Time of the latest call, meeting or mail.
---@field feedback_count? (integer|false) Number of answers to surveys.
---@field last_feedback_at? (Time|false) Time of the latest answer.
---@field points? (integer|false) Balance of loyalty points.
---@field open_task_count? (integer|false) Number of tasks not done yet.
---@field contract_end? (Day|false) When the company's contract ends.
---@field newsletter_topic? (string|false) What the customer wants to read about.
---@field shoe_size? (integer|false) Shoe size, European.
---@field tags? TagName[] The customer's tags.
---@field interests? string[] The customer's interests, the strongest first.
---@field consents? (table<Channel, boolean|"withdrawn">) By channel true, false for never asked, or "withdrawn".
---@field orders? OrderLike[] The customer's orders, of every status, oldest first.
---@field events? EventLike[] What the customer did: visits, carts, logins, downloads, oldest first.
---@field messages? MessageLike[] Messages sent to the customer, oldest first.
---@field feedback? AnswerLike[] Scores and comments that the customer gave, oldest first.
---@field tasks? TaskLike[] Sales tasks about the customer, oldest first.

---What `simulate` gives.
---@class (exact) Story
---@field entered boolean Whether the customer came into a campaign.
---@field ended? ("end"|"exit"|"goal"|"erased"|"holdout"|"under way") How the last journey that ended did; missing where there was none.
local Story = {}

---Whether a message of the template was sent, on the channel where one is named.
---
---```lua
---story:sent("win-back", "email")
---```
---@param template TemplateName
---@param channel Channel?
---@return boolean
function Story:sent(template, channel) end

---The latest message that was sent by then, so long after the beginning: a table with template, campaign, channel, at and subject; nothing where none was.
---
---```lua
---story:at(days(3)).channel
---```
---@param span Span a span such as days(3)
---@return AskedMessage?
function Story:at(span) end

---All messages that were asked for, as a list of such tables, with outcome (sent, skipped, …) and reason.
---
---```lua
---#story:messages()
---```
---@return AskedMessage[]
function Story:messages() end

---Whether a message was not sent for the reason, or sent later: no_consent, quiet_hours, frequency_cap, …
---
---```lua
---story:held_back("quiet_hours")
---```
---@param reason Reason
---@return boolean
function Story:held_back(reason) end

---Why the last message of the template was not sent; nothing where it was, or was not asked for.
---
---```lua
---story:reason "win-back"
---```
---@param template TemplateName
---@return Reason?
function Story:reason(template) end

---Whether a journey gave the customer the tag.
---
---```lua
---story:tagged "interested"
---```
---@param tag TagName
---@return boolean
function Story:tagged(tag) end

---The tasks that journeys gave to colleagues: a list of tables with title, owner, due and at.
---
---```lua
---story:tasks()[1].owner
---```
---@return StoryTask[]
function Story:tasks() end

---The tickets that journeys opened, likewise.
---
---```lua
---#story:tickets()
---```
---@return StoryTask[]
function Story:tickets() end

---What else happened, as a list of tables with word (enter, open, click, order, award, set, note, …), subject, campaign and at.
---
---```lua
---story:events()[1].word
---```
---@return StoryEvent[]
function Story:events() end

---What a value must be.
---@class (exact) Expectation
local Expectation = {}

---The value is this one: the same as with ==, and of tables, that they hold the same.
---
---```lua
---expect(story:sent "win-back").is(true)
---```
---@param value any
function Expectation.is(value) end

---The value is another one.
---
---```lua
---expect(c.city).is_not("Cork")
---```
---@param value any
function Expectation.is_not(value) end

---There is no value.
---
---```lua
---expect(story:reason "win-back").is_missing()
---```
function Expectation.is_missing() end

---The value is a number that differs by no more than the tolerance.
---
---```lua
---expect(c.total_spent / c.order_count).near(33.3, 0.1)
---```
---@param number number
---@param tolerance number
function Expectation.near(number, tolerance) end

---The value is a number that is greater.
---
---```lua
---expect(#story:tasks()).above(0)
---```
---@param number number
function Expectation.above(number) end

---The value is a number that is smaller.
---
---```lua
---expect(c.points).below(100)
---```
---@param number number
function Expectation.below(number) end

---The value is a text with this text in it, or a list with this value in it.
---
---```lua
---expect(story:at(days(1)).subject).contains("voucher")
---```
---@param part any
function Expectation.contains(part) end

---The value is a function that raises an error, with this text in its message.
---
---```lua
---expect(function() return segment.dormant:includes(7) end).raises("a customer")
---```
---@param text string?
function Expectation.raises(text) end

---A test, which moonletter test runs and nothing else does: it fails where an expectation does not hold or something is raised. It has no customers but those that it makes, and its time is fixed.
---
---```lua
---test("who came last week is no newcomer", function()
---  local c = customer_like { registered_at = days_ago(9) }
---  expect(segment.newcomers:includes(c)).is(false)
---end)
---```
---@param name string
---@param body function
function test(name, body) end

---Says in a test what a value must be: expect(value).is(3), or another of the expectations.
---
---```lua
---expect(c.order_count).is(3)
---```
---@param value any
---@return Expectation
function expect(value) end

---Makes a customer for the test. Fields are columns, custom attributes and facts; orders, events, messages, feedback and tasks are lists of rows, each with at. Facts follow from the rows, or are given in their place. Where nothing else is said, the customer has a name, an address on every channel and has agreed to marketing on all; false takes a field away.
---
---```lua
---customer_like { city = "上海", tags = { "VIP" }, consents = { sms = false, email = "withdrawn" },
---  orders = { { at = days_ago(7), amount = 120, items = { { name = "Tea", quantity = 2 } } } },
---  messages = { { at = days_ago(3), campaign = "win-back", opened = days_ago(2) } } }
---```
---@param fields CustomerLike
---@return Customer
function customer_like(fields) end

---What the table of `simulate` may have.
---@class (exact) SimulateSettings
---@field campaign? CampaignName The campaign; all that scripts define unless given.
---@field customer Customer The customer, whom customer_like made.
---@field from? Time When it begins; now unless given.
---@field days? integer How many days it goes on; 30 unless given.
---@field respond? (table<TemplateName, Reaction|table<Reaction, Span>>) What the customer does with messages, by template: "click", or { open = hours(1), click = hours(2) }.
---@field holdout? boolean true holds everybody out, who else is never held out in a test.

---Runs campaigns for a customer of the test, as a dry run does, and gives the story: of one campaign, or of all that scripts define, over days (30) from now or from a later time. The customer does nothing with the messages unless respond says so by template: "click", or { open = hours(1), click = hours(2) }. Nobody is in a holdout, unless holdout = true says that everybody is.
---
---```lua
---local story = simulate { campaign = "win-back", customer = c, days = 14,
---  respond = { ["win-back"] = "click" } }
---```
---@param settings SimulateSettings
---@return Story
function simulate(settings) end

---Runs a part of a test at another time than 1 December 2026, 10:00, on the workspace's clock; never before something that was told of a customer.
---
---```lua
---at("2026-12-24 18:00", function() expect(segment.dormant:includes(c)).is(true) end)
---```
---@param time string
---@param body function
function at(time, body) end

-- What Lua has and scripts do not find

---@deprecated Scripts do not find it.
function collectgarbage(...) end

---@deprecated Scripts do not find it.
function dofile(...) end

---@deprecated Scripts do not find it.
function loadfile(...) end

---@deprecated Scripts do not find it.
function print(...) end

---@deprecated Scripts do not find it.
function warn(...) end
