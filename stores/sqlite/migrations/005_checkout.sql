-- Checkout: its settings, the orders that are recorded, and the questions that are asked.

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
