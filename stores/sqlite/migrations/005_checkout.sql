-- Checkout: its settings, the orders that are recorded, and the questions that are asked.
ALTER TABLE handfast_company ADD COLUMN "checkout" TEXT NOT NULL DEFAULT 'both';
ALTER TABLE handfast_department ADD COLUMN "checkout" TEXT;

-- an event says which customer it is about, so that a customer's page tells its story
ALTER TABLE handfast_event ADD COLUMN "customer" TEXT;
UPDATE handfast_event SET "customer" = "subject" WHERE "subject_kind" = 'customer';
UPDATE handfast_event SET "customer" = (SELECT "customer" FROM handfast_association WHERE "id" = "subject")
    WHERE "subject_kind" = 'association';
CREATE INDEX IF NOT EXISTS handfast_event_of_customer ON handfast_event ("company", "customer", "id");

-- orders
CREATE TABLE IF NOT EXISTS handfast_order (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "department" TEXT,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "customer" TEXT,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "amount" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "placed" INTEGER NOT NULL,
    "lines" TEXT,
    "answers" TEXT NOT NULL CHECK (json_valid("answers")),
    "recorded" INTEGER NOT NULL,
    "asked" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_order_by_number ON handfast_order ("company", "number");
CREATE INDEX IF NOT EXISTS handfast_order_of_company ON handfast_order ("company", "placed", "id");
CREATE INDEX IF NOT EXISTS handfast_order_of_department ON handfast_order ("company", "department", "placed", "id");
CREATE INDEX IF NOT EXISTS handfast_order_of_customer ON handfast_order ("customer", "placed", "id");
CREATE INDEX IF NOT EXISTS handfast_order_of_address ON handfast_order ("company", "state", "address", "placed", "id");
CREATE TABLE IF NOT EXISTS handfast_order_find (
    "company" TEXT NOT NULL,
    word TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY ("company", word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_order_find_id ON handfast_order_find (id, word);

CREATE TABLE IF NOT EXISTS handfast_order_total (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "department" TEXT,
    "currency" TEXT NOT NULL,
    "orders" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "parts" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_order_total_by_place ON handfast_order_total ("customer", "place", "currency");
CREATE INDEX IF NOT EXISTS handfast_order_total_of_customer ON handfast_order_total ("customer", "currency", "id");

-- questions at checkout: which edition counts at a place, and every edition that ever did
CREATE TABLE IF NOT EXISTS handfast_question_place (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "current" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_question_place_by_place ON handfast_question_place ("company", "place");

CREATE TABLE IF NOT EXISTS handfast_question_edition (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "questions" TEXT NOT NULL CHECK (json_valid("questions")),
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_question_edition_by_number ON handfast_question_edition ("company", "place", "number");
CREATE INDEX IF NOT EXISTS handfast_question_edition_of_place ON handfast_question_edition ("company", "place", "number", "id");

-- Privacy: what is held on a person is found by an address and by a visit, and that a person was erased is written down.
ALTER TABLE handfast_mail ADD COLUMN "address" TEXT;
-- right for addresses in ASCII; one beyond is found among the mails of its company alone
UPDATE handfast_mail SET "address" = lower("recipient") WHERE "recipient" IS NOT NULL;
CREATE INDEX IF NOT EXISTS handfast_mail_of_address ON handfast_mail ("address", "id");
CREATE INDEX IF NOT EXISTS handfast_request_of_visit ON handfast_request ("visit", "id");
CREATE TABLE IF NOT EXISTS handfast_erasure (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT,
    "login" TEXT,
    "address" TEXT,
    "state" TEXT NOT NULL,
    "by" TEXT,
    "began" INTEGER NOT NULL,
    "ended" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_erasure_by_address ON handfast_erasure ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_erasure_by_login ON handfast_erasure ("login");
CREATE INDEX IF NOT EXISTS handfast_erasure_of_company ON handfast_erasure ("company", "id");
