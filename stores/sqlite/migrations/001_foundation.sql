CREATE TABLE IF NOT EXISTS handfast_login (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password" TEXT,
    "verified" INTEGER,
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_login_by_address ON handfast_login ("address");

CREATE TABLE IF NOT EXISTS handfast_company (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "trial_ends" INTEGER,
    "admins" INTEGER NOT NULL,
    "link" TEXT NOT NULL,
    "form" TEXT NOT NULL CHECK (json_valid("form")),
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS handfast_staff (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_staff_by_login ON handfast_staff ("company", "login");
CREATE INDEX IF NOT EXISTS handfast_staff_of_company ON handfast_staff ("company", "id");
CREATE INDEX IF NOT EXISTS handfast_staff_of_role ON handfast_staff ("company", "state", "role", "id");

CREATE TABLE IF NOT EXISTS handfast_price_type (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_price_type_by_name ON handfast_price_type ("company", "folded");
CREATE INDEX IF NOT EXISTS handfast_price_type_of_company ON handfast_price_type ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS handfast_carrier (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_carrier_by_name ON handfast_carrier ("company", "folded");
CREATE INDEX IF NOT EXISTS handfast_carrier_of_company ON handfast_carrier ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS handfast_invite_link (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL,
    "verified" INTEGER NOT NULL,
    "submitted" INTEGER NOT NULL,
    "approved" INTEGER NOT NULL,
    "activated" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_invite_link_by_slug ON handfast_invite_link ("slug");
CREATE INDEX IF NOT EXISTS handfast_invite_link_of_company ON handfast_invite_link ("company", "id");

CREATE TABLE IF NOT EXISTS handfast_visit (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "pass" TEXT,
    "pass_expires" INTEGER,
    "request" TEXT,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_visit_by_address ON handfast_visit ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_visit_by_pass ON handfast_visit ("pass");

CREATE TABLE IF NOT EXISTS handfast_request (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "visit" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "open" TEXT,
    "locale" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "trade_name" TEXT,
    "contact" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "billing" TEXT NOT NULL CHECK (json_valid("billing")),
    "shipping" TEXT CHECK (json_valid("shipping")),
    "tax_id" TEXT,
    "website" TEXT,
    "message" TEXT,
    "answers" TEXT NOT NULL CHECK (json_valid("answers")),
    "submitted" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    "decided" INTEGER,
    "decided_by" TEXT,
    "reason" TEXT,
    "note" TEXT,
    "customer" TEXT,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_request_open_of ON handfast_request ("company", "open");
CREATE INDEX IF NOT EXISTS handfast_request_of_state ON handfast_request ("company", "state", "submitted", "id");
CREATE INDEX IF NOT EXISTS handfast_request_waiting ON handfast_request ("state", "expires", "id");

CREATE TABLE IF NOT EXISTS handfast_customer (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "trade_name" TEXT,
    "contact" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "billing" TEXT NOT NULL CHECK (json_valid("billing")),
    "shipping" TEXT CHECK (json_valid("shipping")),
    "tax_id" TEXT,
    "website" TEXT,
    "price_type" TEXT,
    "markup" TEXT,
    "credit_limit" TEXT,
    "minimum_order" TEXT,
    "tax_exempt" INTEGER NOT NULL CHECK ("tax_exempt" IN (0, 1)),
    "notes" TEXT,
    "extra" TEXT NOT NULL CHECK (json_valid("extra")),
    "service" TEXT NOT NULL CHECK (json_valid("service")),
    "ready" INTEGER,
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_customer_by_address ON handfast_customer ("company", "address");
CREATE INDEX IF NOT EXISTS handfast_customer_of_company ON handfast_customer ("company", "legal_name", "id");
CREATE INDEX IF NOT EXISTS handfast_customer_of_state ON handfast_customer ("company", "state", "legal_name", "id");
CREATE TABLE IF NOT EXISTS handfast_customer_find (
    "company" TEXT NOT NULL,
    word TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY ("company", word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_customer_find_id ON handfast_customer_find (id, word);

CREATE TABLE IF NOT EXISTS handfast_one_use (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "slot" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_one_use_by_slot ON handfast_one_use ("slot");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_one_use_by_digest ON handfast_one_use ("digest");

CREATE TABLE IF NOT EXISTS handfast_limit (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    "latest" INTEGER NOT NULL,
    "until" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_limit_by_scope ON handfast_limit ("scope");

CREATE TABLE IF NOT EXISTS handfast_replay (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "asked" TEXT NOT NULL,
    "answer" TEXT NOT NULL CHECK (json_valid("answer")),
    "at" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_replay_by_key ON handfast_replay ("company", "key", "row");

CREATE TABLE IF NOT EXISTS handfast_event (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "doer" TEXT NOT NULL,
    "login" TEXT,
    "on_behalf_of" TEXT,
    "address" TEXT,
    "subject_kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" TEXT CHECK (json_valid("before")),
    "after" TEXT CHECK (json_valid("after")),
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_event_of_company ON handfast_event ("company", "id");
CREATE INDEX IF NOT EXISTS handfast_event_of_subject ON handfast_event ("company", "subject", "id");
CREATE INDEX IF NOT EXISTS handfast_event_of_login ON handfast_event ("company", "login", "id");

CREATE TABLE IF NOT EXISTS handfast_mail (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "recipient" TEXT,
    "recipient_name" TEXT,
    "audience" TEXT,
    "locale" TEXT NOT NULL,
    "content" TEXT NOT NULL CHECK (json_valid("content")),
    "sealed" TEXT,
    "created" INTEGER NOT NULL,
    "due" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failure" TEXT,
    "settled" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_mail_of_state ON handfast_mail ("state", "due", "id");
CREATE INDEX IF NOT EXISTS handfast_mail_of_company ON handfast_mail ("company", "id");
