-- Logins, companies and staff get what the second part of the story needs.
ALTER TABLE handfast_login ADD COLUMN "home" TEXT;
ALTER TABLE handfast_login ADD COLUMN "era" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handfast_login ADD COLUMN "two_factor" INTEGER NOT NULL DEFAULT 0 CHECK ("two_factor" IN (0, 1));
ALTER TABLE handfast_login ADD COLUMN "disabled" INTEGER;
ALTER TABLE handfast_login ADD COLUMN "locale" TEXT;
ALTER TABLE handfast_company ADD COLUMN "invitation_style" TEXT NOT NULL DEFAULT 'temporary_password';
ALTER TABLE handfast_company ADD COLUMN "two_factor_required" INTEGER NOT NULL DEFAULT 0 CHECK ("two_factor_required" IN (0, 1));
CREATE INDEX IF NOT EXISTS handfast_staff_of_login ON handfast_staff ("login", "id");

CREATE TABLE IF NOT EXISTS handfast_association (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "login_name" TEXT,
    "folded" TEXT,
    "notes" TEXT,
    "state" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    "decided" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_association_by_user ON handfast_association ("customer", "login");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_association_by_login_name ON handfast_association ("company", "folded");
CREATE INDEX IF NOT EXISTS handfast_association_of_state ON handfast_association ("company", "state", "id");
CREATE INDEX IF NOT EXISTS handfast_association_of_customer ON handfast_association ("customer", "id");
CREATE INDEX IF NOT EXISTS handfast_association_of_login ON handfast_association ("login", "id");
CREATE INDEX IF NOT EXISTS handfast_association_waiting ON handfast_association ("state", "expires", "id");

CREATE TABLE IF NOT EXISTS handfast_session (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL,
    "expires" INTEGER NOT NULL,
    "device" TEXT,
    "place" TEXT,
    "current" TEXT NOT NULL,
    "identities" TEXT NOT NULL CHECK (json_valid("identities")),
    "adding" TEXT CHECK (json_valid("adding")),
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_session_by_token ON handfast_session ("token");
CREATE INDEX IF NOT EXISTS handfast_session_of_login ON handfast_session ("login", "state", "id");

CREATE TABLE IF NOT EXISTS handfast_login_event (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "login" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS handfast_login_event_of_login ON handfast_login_event ("login", "id");

CREATE TABLE IF NOT EXISTS handfast_address_change (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "login" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_address_change_by_login ON handfast_address_change ("login");

CREATE TABLE IF NOT EXISTS handfast_two_factor (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "login" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seed" TEXT,
    "next_seed" TEXT,
    "expires" INTEGER,
    "step" INTEGER NOT NULL,
    "codes" INTEGER NOT NULL,
    "since" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_two_factor_by_login ON handfast_two_factor ("login");

CREATE TABLE IF NOT EXISTS handfast_recovery_code (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "login" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "used" INTEGER,
    PRIMARY KEY ("id")
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS handfast_recovery_code_by_place ON handfast_recovery_code ("login", "place");
CREATE UNIQUE INDEX IF NOT EXISTS handfast_recovery_code_by_digest ON handfast_recovery_code ("digest");

-- A mail can be about a person's own login, and then about no company. SQLite changes no column: the table is made anew.
ALTER TABLE handfast_mail RENAME TO handfast_mail_of_001;
CREATE TABLE handfast_mail (
    "id" TEXT NOT NULL,
    version INTEGER NOT NULL,
    "company" TEXT,
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
INSERT INTO handfast_mail SELECT * FROM handfast_mail_of_001;
DROP TABLE handfast_mail_of_001;
CREATE INDEX handfast_mail_of_state ON handfast_mail ("state", "due", "id");
CREATE INDEX handfast_mail_of_company ON handfast_mail ("company", "id");
