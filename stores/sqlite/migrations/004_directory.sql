-- Departments, tags, and customers whom the staff creates on their behalf.
ALTER TABLE handfast_staff ADD COLUMN "scope" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("scope"));

-- a customer may come without a request, a phone and an address now: SQLite cannot take NOT NULL from a column
ALTER TABLE handfast_customer RENAME TO handfast_customer_before;
DROP INDEX handfast_customer_by_address;
DROP INDEX handfast_customer_of_company;
DROP INDEX handfast_customer_of_state;
CREATE TABLE IF NOT EXISTS handfast_customer (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "request" TEXT,
    "link" TEXT,
    "state" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "trade_name" TEXT,
    "contact" TEXT NOT NULL,
    "phone" TEXT,
    "billing" TEXT CHECK (json_valid("billing")),
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
    "department" TEXT,
    "number" TEXT,
    "number_key" TEXT,
    "tags" TEXT NOT NULL CHECK (json_valid("tags")),
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
INSERT INTO handfast_customer ("id", version, "company", "request", "link", "state", "email", "address", "locale", "legal_name", "trade_name", "contact", "phone", "billing", "shipping", "tax_id", "website", "price_type", "markup", "credit_limit", "minimum_order", "tax_exempt", "notes", "extra", "service", "ready", "created", "tags")
    SELECT "id", version, "company", "request", "link", "state", "email", "address", "locale", "legal_name", "trade_name", "contact", "phone", "billing", "shipping", "tax_id", "website", "price_type", "markup", "credit_limit", "minimum_order", "tax_exempt", "notes", "extra", "service", "ready", "created", '[]' FROM handfast_customer_before;
DROP TABLE handfast_customer_before;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_customer_by_address ON handfast_customer ("company", "address");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_customer_by_number ON handfast_customer ("company", "number_key");
CREATE INDEX IF NOT EXISTS handfast_customer_of_company ON handfast_customer ("company", "legal_name", "id");
CREATE INDEX IF NOT EXISTS handfast_customer_of_state ON handfast_customer ("company", "state", "legal_name", "id");
CREATE INDEX IF NOT EXISTS handfast_customer_of_department ON handfast_customer ("company", "department", "legal_name", "id");
CREATE INDEX IF NOT EXISTS handfast_customer_of_department_state ON handfast_customer ("company", "department", "state", "legal_name", "id");
-- its phone numbers are found however they are written from now on, and its marks come
CREATE TABLE IF NOT EXISTS handfast_reword (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO handfast_reword (name) VALUES ('customer');

CREATE TABLE IF NOT EXISTS handfast_department (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_department_by_name ON handfast_department ("company", "folded");
CREATE INDEX IF NOT EXISTS handfast_department_of_company ON handfast_department ("company", "folded", "id");

CREATE TABLE IF NOT EXISTS handfast_tag (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "merged_into" TEXT,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_tag_by_name ON handfast_tag ("company", "folded");
CREATE INDEX IF NOT EXISTS handfast_tag_of_state ON handfast_tag ("company", "state", "folded", "id");

CREATE TABLE IF NOT EXISTS handfast_tag_run (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "matched" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "after" TEXT,
    "undone" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "created" INTEGER NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_tag_run_by_key ON handfast_tag_run ("company", "key");
CREATE TABLE IF NOT EXISTS handfast_tag_mark (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "run" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_tag_mark_of_run ON handfast_tag_mark ("run", "id");
